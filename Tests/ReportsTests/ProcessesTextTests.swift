import Analysis
import Testing

@testable import Reports

/// What reports say of a run's processes.
@Suite struct ProcessesTextTests {
    private func findings(_ processes: [ProcessFinding]?) -> RunFindings {
        var findings = Sieve.run
        findings.processes = processes
        return findings
    }

    private func process(_ id: Int64, _ name: String, _ share: Double) -> ProcessFinding {
        ProcessFinding(id: id, parent: id == 1 ? nil : 1, name: name, seconds: 1, cpuSeconds: 0.5, share: share)
    }

    @Test func alikeNamesAreOneGroup() {
        let pool = (1...8).map { process(Int64($0 + 1), "ForkPoolWorker-\($0)", 0.1) }
        #expect(
            Wording.processes(findings([process(1, "pool.py", 0.2)] + pool))
                == "9 processes took part: pool.py (20 %), 8 × ForkPoolWorker (80 %).")
    }

    @Test func fewAreNamedAndTheRestIsCounted() {
        let others = (1...7).map { process(Int64($0 + 1), "\("abcdefg".dropFirst($0 - 1).first ?? "x").py", 0.1) }
        #expect(
            Wording.processes(findings([process(1, "main.py", 0.3)] + others))
                == "8 processes took part: main.py (30 %), a.py (10 %), b.py (10 %), c.py (10 %), d.py (10 %) and 3 more."
        )
        #expect(
            Wording.processes(
                findings([process(1, "m.py", 0.5), process(2, "pid 12", 0.2), process(3, "pid 13", 0.3)]))
                == "3 processes took part: m.py (50 %), 2 × fork (50 %).")
    }

    @Test func aProgramWithoutChildrenSaysSo() {
        #expect(Wording.processes(findings(nil)) == nil)
        #expect(
            Wording.processes(findings([process(1, "m.py", 1)]))
                == "The program started no process that was profiled.")
        #expect(
            Wording.processes(findings([process(2, "helper", 1)]))
                == "This is helper alone, one of the program's processes.")
    }

    @Test func theyAreListed() {
        let processes = [process(1, "pool.py", 0.2), process(2, "ForkPoolWorker-1", 0.8)]
        let text = TerminalReport.run(
            findings(processes), flame: Sieve.flame, options: TerminalOptions(by: .process), source: Sieve.source)
        let rows = text.split(separator: "\n").filter { $0.contains("pool.py") || $0.contains("ForkPoolWorker-1") }
        #expect(rows.count == 2 && rows[0].contains("80.0 %") && rows[0].contains("ForkPoolWorker-1"))
    }
}
