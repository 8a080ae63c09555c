import Analysis
import ProfileModel
import Reports

/// Findings about the sieve of the talk, made up but realistic.
enum Sieve {
    static let file = "/home/ada/talk/sieve.py"
    static let paths = ShortPaths(workingDirectory: "/home/ada/talk", home: "/home/ada")

    static let source = FakeSource(files: [
        file: """
        import sys


        def eratosthenes(n):
            non_primes = set()
            count = 0
            for i in range(2, n):
                if i not in non_primes:
                    count += 1
                    non_primes.update(range(i * i, n, i))
            return count, non_primes


        def main():
            n = int(sys.argv[1])
            count, _ = eratosthenes(n)
            print(count)


        if __name__ == "__main__":
            main()
        """
    ])

    static let worstCase = Caveat(
        code: "instants-not-ours",
        text:
            "The program decides when this design may look, so no interval is valid: only worst-case bounds are printed."
    )

    static func ledger(due: Int, late: Int, missed: Int, failed: Int) -> Ledger {
        var ledger = Ledger()
        ledger.due = due
        ledger.taken = due - missed - failed
        ledger.late = late
        ledger.missed = missed
        ledger.failed = failed
        return ledger
    }

    static func function(
        _ name: String, line: Int, calls: Int64? = nil, own: Estimate, total: Estimate, designEffect: Double? = nil,
        detectable: Double? = nil
    ) -> FunctionFinding {
        let bare = name.split(separator: ".").last.map(String.init) ?? name
        return FunctionFinding(
            name: bare, qualname: name, file: line > 0 ? file : nil, line: line, calls: calls, self: own, total: total,
            designEffect: designEffect, detectable: detectable)
    }

    static func line(_ line: Int, _ own: Estimate) -> LineFinding {
        LineFinding(file: file, line: line, function: "eratosthenes", self: own, total: own)
    }

    static func share(
        _ share: Double, _ bounds: (Double, Double)? = nil, worst: (Double, Double)? = nil, of whole: Double
    )
        -> Estimate
    {
        Estimate(
            share: share, low: bounds?.0, high: bounds?.1, worstLow: worst?.0, worstHigh: worst?.1,
            seconds: share * whole)
    }

    static let flame = FlameNode(
        name: "all", share: 1,
        children: [
            FlameNode(
                name: "<module>", file: file, line: 1, share: 1,
                children: [
                    FlameNode(
                        name: "main", file: file, line: 14, share: 0.998,
                        children: [
                            FlameNode(
                                name: "eratosthenes", file: file, line: 4, share: 0.994,
                                children: [FlameNode(name: "set.update", share: 0.871)]),
                            FlameNode(name: "print", share: 0.003),
                        ])
                ])
        ])
}

extension Sieve {
    static let table = FlameTable(flame)
}

struct FakeSource: SourceText {
    var files: [String: String]

    func lines(of file: String) -> [String]? {
        files[file]?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
