import Analysis

/// Sentences about a gate, which the terminal, Markdown and JUnit share.
extension Wording {
    /// `FAIL: 1.9 % slower [1.2, 2.6] after 12 rounds; work grew by 21.0 ms`
    static func verdict(_ findings: GateFindings) -> String {
        let rounds = "after \(Figures.count(findings.rounds)) \(findings.rounds == 1 ? "round" : "rounds")"
        let whole = findings.slowdown.map { slowdown($0) + " " + rounds } ?? "too few rounds to tell anything"
        let failed = findings.functions.filter { $0.verdict == .fail }
        let grown = failed.prefix(3).map { "\($0.qualname) grew by \(Figures.seconds($0.gateChange.seconds))" }
        // The whole program may be sure before any function is.
        let likely =
            failed.isEmpty && findings.verdict == .fail
            ? findings.functions.max { $0.change.seconds < $1.change.seconds }.map {
                "most of it seems to be in \($0.qualname)"
            } : nil
        let more = failed.count > 3 ? ["\(failed.count - 3) more functions grew"] : []
        return word(findings.verdict) + ": "
            + ([whole] + grown + more + [likely].compactMap { $0 }).joined(separator: "; ")
    }

    static func word(_ verdict: GateVerdict) -> String { verdict.rawValue.uppercased() }

    /// `1.9 % slower [1.2, 2.6]`; faster is below 0 in the brackets.
    static func slowdown(_ slowdown: GateSlowdown) -> String {
        let percent = (slowdown.ratio - 1) * 100
        let figure = "\(Figures.fixed(abs(percent), 1)) % \(percent < 0 ? "faster" : "slower")"
        guard let low = slowdown.low, let high = slowdown.high else { return figure }
        // The brackets are of the same direction as the word.
        let ends = [(low - 1) * 100, (high - 1) * 100].map { percent < 0 ? -$0 : $0 }.sorted()
        return figure + " [\(Figures.fixed(ends[0], 1)), \(Figures.fixed(ends[1], 1))]"
    }

    /// `+21.0 ms [18.2, 23.9]`
    static func change(_ change: GateFunction.Change) -> ShareText {
        func milliseconds(_ seconds: Double) -> String { Figures.fixed(seconds * 1000, 1) }
        var text = ShareText(share: (change.seconds > 0 ? "+" : "") + milliseconds(change.seconds) + " ms")
        text.bounds = "[\(milliseconds(change.low)), \(milliseconds(change.high))]"
        return text
    }

    /// What one function's row says behind its verdict.
    static func why(_ function: GateFunction) -> String {
        if let moved = function.moved {
            let names = moved.from.prefix(3).joined(separator: ", ") + (moved.from.count > 3 ? ", …" : "")
            return "\(Figures.seconds(moved.seconds)) moved here from \(names)"
        }
        if function.failsBy == .total { return "with all that it calls" }
        return function.before == 0 && function.total.before == 0 ? "new" : function.isFaster ? "faster" : ""
    }

    /// What is run of each version.
    static func versions(_ findings: GateFindings) -> [String] {
        [("before", findings.before), ("after", findings.after)].map { name, version in
            let commit = version.commit.map { " · commit \($0.prefix(12))" } ?? ""
            return "\(name): \(version.program.joined(separator: " "))\(commit) · Python \(version.python)"
        }
    }

    static func limits(_ findings: GateFindings) -> String {
        func percent(_ part: Double) -> String { Figures.percent(part, part < 0.001 ? 3 : 1) }
        return
            "limits: \(percent(findings.limits.slowdown)) for the whole, and \(percent(findings.limits.function)) of the "
            + "whole for one function's own time; wrongly failed or passed at most once in 20 gates, over all looks and functions"
    }

    static func selfTest(_ test: GateSelfTest) -> String {
        "the version before against itself: " + Figures.ratio(test.slowdown)
            + (test.verdict == .pass ? ", no difference, as it should be" : ", which differs: not to be relied on")
    }

    static func spent(_ findings: GateFindings) -> String {
        "\(Figures.seconds(findings.seconds)) of at most \(Figures.seconds(findings.budget)) · \(findings.clock.rawValue) clock"
    }
}

extension GateFunction {
    /// The change by which it fails, or its own.
    var gateChange: Change { failsBy == .total ? total.change : change }
}

extension GateFindings {
    /// What is worth a row: what did not simply pass, what moved, and what surely changed.
    var notable: [GateFunction] {
        functions.filter { $0.verdict != .pass || $0.moved != nil || $0.change.low > 0 || $0.isFaster }
    }
}
