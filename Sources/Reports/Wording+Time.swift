import Analysis
import ProfileModel

/// What threads did: in the time that a report is of, and in a function's own.
extension Wording {
    /// What it ran under and how long, as far as that is known.
    static func run(_ findings: RunFindings) -> [String] {
        let python = findings.python.isEmpty ? nil : "Python \(findings.python)"
        let length = findings.seconds.map(Figures.seconds) ?? "seconds not known"
        return [python, length].compactMap(\.self)
    }

    /// `shares are of the time in which threads ran: 3.20 s of 10.0 s, 32.0 % [31.1, 32.9]`; `nil` where they are of all.
    static func time(_ findings: RunFindings) -> String? {
        guard let time = findings.time, let part = findings.timeShare, let seconds = part.seconds,
            let share = part.share, share > 0
        else { return nil }
        return "shares are of the time \(during(time)): \(Figures.seconds(seconds)) of "
            + "\(Figures.seconds(seconds / share)), \(ShareText(part).text)"
    }

    static func during(_ time: TimeScope) -> String {
        switch time {
        case .running: "in which threads ran"
        case .idle: "in which threads waited"
        case .gil: "in which threads held the GIL"
        }
    }

    /// `60 py 30 C 10 wait`: what a function's self time was, in per cent of it, the greatest first; `py` where it was nothing
    /// else. Empty where that is not told.
    ///
    /// - Parameter most: of how many kinds that is said.
    static func kinds(_ function: FunctionFinding, most: Int = TimeKind.allCases.count) -> String {
        guard let kinds = function.kinds, let own = function.`self`.share, own > 0 else { return "" }
        let parts = TimeKind.allCases.map { (kind: $0, part: (kinds[$0] ?? 0) / own) }
            .filter { $0.part >= leastKind }.sorted { $0.part > $1.part }
        if parts.count == 1 { return word(parts[0].kind) }
        return parts.prefix(most).map { "\(Figures.fixed(100 * $0.part, 0)) \(word($0.kind))" }.joined(separator: " ")
    }

    /// The same in little room: the first three, and nothing where a function's name says it, or it only ran Python.
    static func kindsInShort(_ function: FunctionFinding) -> String {
        let text = kinds(function, most: 3)
        return text == word(.python) || function.file == nil && !text.contains(" ") ? "" : text
    }

    /// What those words mean.
    static let kindsLegend =
        "py Python, C functions called, gc collecting garbage, GIL waiting for the GIL, wait waiting for anything else"

    /// Said beneath a list of functions whose self times are not to be added up; `nil` where they are.
    static func callees(_ findings: RunFindings) -> String? {
        guard findings.namesCallees else { return nil }
        return "C functions' time is in the self time of their callers, too: self shares add up to more than 100 %"
    }

    /// Smaller parts round to nothing.
    private static let leastKind = 0.005

    private static func word(_ kind: TimeKind) -> String {
        switch kind {
        case .python: "py"
        case .c: "C"
        case .garbageCollection: "gc"
        case .lockWait: "GIL"
        case .waiting: "wait"
        case .unknown: "?"
        }
    }
}
