import Analysis
import ProfileModel

/// The sentences that the terminal and the HTML report share.
enum Wording {
    /// The command that such findings come of.
    static func command(_ findings: RunFindings) -> String {
        findings.design == "remote" || findings.audit[Profile.attachedTo] != nil ? "swprof attach" : "swprof run"
    }

    /// `signal · sampling · 1,000 Hz jittered · wall clock`
    static func design(
        name: String?, version: String?, kind: Kind, schedule: Schedule?, rate: Double?, clock: Clock
    ) -> String {
        let who = [name, version].compactMap(\.self).joined(separator: " ")
        var parts = (who.isEmpty ? [] : [who]) + [kind.rawValue]
        let pace = [rate.map { "\(rateText($0)) Hz" }, schedule?.rawValue].compactMap(\.self)
        if !pace.isEmpty { parts.append(pace.joined(separator: " ")) }
        parts.append("\(clock.rawValue) clock")
        return parts.joined(separator: " · ")
    }

    private static func rateText(_ rate: Double) -> String {
        Int(exactly: rate).map(Figures.count) ?? Figures.fixed(rate, rate < 1 ? 2 : 1)
    }

    /// The same of a design that is named elsewhere.
    static func how(_ design: DesignFinding) -> String {
        Self.design(
            name: nil, version: design.version, kind: design.kind, schedule: design.schedule, rate: design.rate,
            clock: design.clock)
    }

    /// `10 runs of each`
    static func runs(_ count: Int) -> String { "\(Figures.count(count)) \(count == 1 ? "run" : "runs") of each" }

    /// `1,929 of 1,930 ticks taken · 3 late · 1 missed · 0 failed`
    static func ledger(_ ledger: Ledger) -> String {
        """
        \(Figures.count(ledger.taken)) of \(Figures.count(ledger.due)) ticks taken · \
        \(Figures.count(ledger.late)) late · \(Figures.count(ledger.missed)) missed · \
        \(Figures.count(ledger.failed)) failed
        """
    }

    /// `all of the process is accounted for but 0.3 %`, or all of it
    ///
    /// - Parameter followed: processes that are profiled.
    static func unaccounted(_ unaccounted: Unaccounted, followed: Int = 1) -> String {
        let children = unaccounted.childProcesses
        let whose =
            children == 0
            ? ""
            : " and \(followed > 1 ? "" : "its ")\(Figures.count(children)) \(followed > 1 ? "other" : "child") \(children == 1 ? "process" : "processes")"
        let part = Figures.fixed(100 * unaccounted.share, 1)
        let process = followed > 1 ? "the \(Figures.count(followed)) processes" : "the process"
        let but = [part == "0.0" ? nil : "\(part) %", unaccounted.isKnown ? nil : "what could not be timed"].compactMap
        { $0 }
        let verb = followed > 1 || children > 0 ? "are" : "is"
        return "all of \(process)\(whose) \(verb) accounted for"
            + (but.isEmpty ? "" : " but \(but.joined(separator: " and "))")
    }

    /// What an interval is for, and how it was made.
    static func estimand(_ estimand: Estimand, interval: String) -> String {
        switch estimand {
        case .thisRun: "\(interval); for the share in this very run (this-run)"
        case .expectedRun: "\(interval); for the share over runs like these (expected-run)"
        }
    }

    /// The same for several designs, those that agree in one sentence.
    static func estimands(of designs: [DesignFinding]) -> [String] {
        var sentences: [(text: String, names: [String])] = []
        for design in designs {
            let text = estimand(design.estimand, interval: design.interval)
            if let known = sentences.firstIndex(where: { $0.text == text }) {
                sentences[known].names.append(design.name)
            } else {
                sentences.append((text, [design.name]))
            }
        }
        return sentences.map { "\($0.names.joined(separator: ", ")): \($0.text)" }
    }

    static let worstCase = "( ) worst-case bounds, printed where no interval is valid"

    /// Who sees functions written in C, where some designs do and others do not.
    static func functionsInC(_ designs: [DesignFinding]) -> String? {
        let (seeing, blind) = designs.reduce(into: ([String](), [String]())) { names, design in
            let sees = design.functions.contains { $0.file == nil }
            if sees { names.0.append(design.name) } else { names.1.append(design.name) }
        }
        guard !seeing.isEmpty, !blind.isEmpty else { return nil }
        let who = blind.joined(separator: ", ")
        return "C: written in C. Not seen by \(who): there its time is with the function that called it."
    }

    /// Control against control, and whether it holds 1.
    static func selfTest(_ ratio: Ratio) -> String {
        ["control against control " + Figures.ratio(ratio), drift(ratio)].compactMap(\.self).joined(separator: ", ")
    }

    static func drift(_ ratio: Ratio) -> String? {
        guard let low = ratio.low, let high = ratio.high else { return nil }
        return low <= 1 && 1 <= high ? "includes 1, as it should" : "excludes 1: the machine drifted"
    }

    /// `python-function, python-line`: what was folded and matched, each once.
    static func resolutions(of agreement: [Agreement]) -> String {
        var each: [String] = []
        for resolution in agreement.map(\.resolution) where !each.contains(resolution) { each.append(resolution) }
        return each.joined(separator: ", ")
    }

    /// `setprofile 97.1 %, gil 74.0 %, p < 0.001`; of a line, which a function may begin on, that it is the line's
    static func figures(of disagreement: Disagreement) -> String {
        func share(_ value: Double) -> String { ShareText(Estimate(share: value)).share }
        return """
            \(disagreement.by == .line ? "on this line " : "")\(disagreement.a) \(share(disagreement.shareA)), \(disagreement.b) \(share(disagreement.shareB)), \
            \(Figures.probability(disagreement.p))
            """
    }

    /// `signal is likelier to be right`, or that one cannot tell.
    static func likelier(_ disagreement: Disagreement) -> String {
        disagreement.likelier.map { "\($0) is likelier to be right" } ?? "cannot tell which is right"
    }

    /// Caveats of the whole and of each design, each once, with the designs that have it.
    static func caveats(of findings: CompareFindings) -> [(designs: [String], caveat: Caveat)] {
        var all = findings.caveats.map { (designs: [String](), caveat: $0) }
        for design in findings.designs {
            for caveat in design.caveats {
                if let known = all.firstIndex(where: { $0.caveat == caveat }) {
                    if !all[known].designs.isEmpty { all[known].designs.append(design.name) }
                } else {
                    all.append(([design.name], caveat))
                }
            }
        }
        return all
    }
}
