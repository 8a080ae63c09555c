import Analysis
import ProfileModel

/// The first sentences of a report: what a run says of its program.
extension Wording {
    /// One to three sentences; none where nothing was seen.
    static func summary(_ findings: RunFindings, _ tree: FoldedTree, _ paths: ShortPaths) -> [String] {
        guard !tree.rows.isEmpty else { return ["Nothing was seen of the program."] }
        let few = findings.caveats.first { $0.code == "few-samples" }?.text
        // Of time in which threads waited, whose code ran is no question.
        let makeup = findings.time == .idle ? nil : makeup(tree)
        let first = [few, concentration(findings, tree, paths), makeup].compactMap { $0 }
        let second = [
            kinds(findings.kinds), processes(findings), order(of: tree),
            accounted(findings.unaccounted, followed: findings.processes?.count ?? 1),
        ]
        .compactMap { $0 }
        return [first.joined(separator: " "), second.joined(separator: " ")].filter { !$0.isEmpty }
    }

    /// What the threads did, where they did more than one thing; the whole is that of all of them.
    private static func kinds(_ kinds: [KindFinding]) -> String? {
        let shown = kinds.filter { $0.`self`.share ?? 0 >= leastPart }
        guard shown.contains(where: { $0.kind != .python }), kinds.count > 1 else { return nil }
        return "The threads: " + shown.map { "\(part($0.`self`.share)) \(verb($0.kind))" }.joined(separator: ", ") + "."
    }

    private static func verb(_ kind: TimeKind) -> String {
        switch kind {
        case .python: "in Python"
        case .c: "in C functions"
        case .garbageCollection: "collecting garbage"
        case .lockWait: "waiting for the GIL"
        case .waiting: "waiting for something else"
        case .unknown: "in no Python code"
        }
    }

    /// What waiting means, where there is some.
    static func waiting(_ tree: FoldedTree) -> String? {
        guard tree.parts.contains(where: { $0.kind == .waiting && $0.time.share ?? 0 >= leastPart }) else { return nil }
        return "waiting: the thread stood still: for input, a lock, a sleep or the GIL"
    }

    /// What is said where a package stands in for own code.
    static func standIn(_ package: String) -> String {
        "no code of your own was seen, so that of \(package) counts as your own; --own PATH names other code"
    }

    /// `94 %`, `4.1 %`: a share within a sentence.
    static func part(_ share: Double?) -> String {
        guard let share, share.isFinite else { return Figures.missing }
        return Figures.fixed(share * 100, share < 0.0995 ? 1 : 0) + " %"
    }

    private static func accounted(_ unaccounted: Unaccounted?, followed: Int) -> String? {
        guard let unaccounted else { return nil }
        let whose = followed > 1 ? "the \(Figures.count(followed)) processes" : "the process"
        if unaccounted.isNothing { return "Nothing of \(whose) is unaccounted for." }
        guard unaccounted.isTolerable else {
            return "\(part(unaccounted.share)) of what \(whose) did is in no figure here."
        }
        return unaccounted.isKnown
            ? "Stacks are cut, so total times near the root are too small."
            : "Some of what \(whose) did is in no figure here, and it cannot be told how much."
    }

    static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension Wording {
    /// Beneath which own function most of the time is, and what it is there.
    private static func concentration(_ findings: RunFindings, _ tree: FoldedTree, _ paths: ShortPaths) -> String? {
        let whole = whole(of: findings)
        guard let focus = focus(of: tree.rows) else { return spread(tree, whole, paths) }
        let row = tree.rows[focus]
        let detail = detail(of: focus, tree).map { ", \($0)" } ?? ""
        return "\(part(total(of: row, findings))) of \(whole) is beneath \(name(of: row, paths))\(detail)."
    }

    /// Of an own function, whoever calls it: a row is of one path.
    private static func total(of row: FoldedRow, _ findings: RunFindings) -> Double? {
        let function = findings.functions.first {
            $0.qualname == row.name && $0.file == row.file && $0.line == row.line
        }
        return function?.total.share ?? row.total.share
    }

    /// The deepest function with a name that has most of all that is no import of its callers.
    private static func focus(of rows: [FoldedRow]) -> Int? {
        var focus: Int?
        var whole = 1.0
        while let next = functions(beneath: focus, rows).max(by: { share(rows[$0]) < share(rows[$1]) }),
            share(rows[next]) > whole / 2, !rows[next].name.hasSuffix("<lambda>")
        {
            focus = next
            whole -= children(of: next, rows).filter { $0.kind == .imports }.reduce(0) { $0 + share($1) }
        }
        return focus
    }

    /// The functions that a function calls, by way of other code or not.
    private static func functions(beneath parent: Int?, _ rows: [FoldedRow]) -> [Int] {
        var functions: [Int] = []
        for at in below(parent, rows) where functions.last.map({ rows[at].depth > rows[$0].depth }) != true {
            if rows[at].kind == .function { functions.append(at) }
        }
        return functions
    }

    private static func children(of parent: Int, _ rows: [FoldedRow]) -> [FoldedRow] {
        below(parent, rows).map { rows[$0] }.filter { $0.depth == rows[parent].depth + 1 }
    }

    private static func below(_ parent: Int?, _ rows: [FoldedRow]) -> [Int] {
        guard let parent else { return Array(rows.indices) }
        return Array(rows.indices.dropFirst(parent + 1).prefix { rows[$0].depth > rows[parent].depth })
    }

    private static func share(_ row: FoldedRow) -> Double { row.total.share ?? 0 }

    /// What most of a function's time is: a call of library code, a line, or other functions.
    private static func detail(of function: Int, _ tree: FoldedTree) -> String? {
        let row = tree.rows[function]
        let children = children(of: function, tree.rows)
        let line = tree.lines.first { $0.file == row.file && $0.function == row.name }
        // Of what several paths lead to, what stands beneath one of them is a part.
        guard tree.rows.count(where: { $0.isSamePlace(as: row) }) == 1 else {
            return line.map { "\(part($0.time.share)) on line \($0.line) alone" }
        }
        // A line that also works is no mere wait.
        guard let heaviest = children.first,
            share(heaviest) > (line?.time.share ?? 0) * (heaviest.kind == .waiting ? 0.9 : 0.5)
        else { return line.map { "\(part($0.time.share)) on line \($0.line) alone" } }
        guard heaviest.kind == .function else { return child(heaviest, isWaiting: tree.rows.isWaiting(function + 1)) }
        let named = children.filter { $0.kind == .function && share($0) >= 0.05 }.prefix(3)
        return named.isEmpty ? nil : named.map { "\(part(share($0))) beneath `\($0.name)`" }.joined(separator: ", ")
    }

    private static func child(_ row: FoldedRow, isWaiting: Bool) -> String {
        let part = part(share(row)) + (isWaiting ? " waiting" : "")
        return switch row.kind {
        case .call where row.name == Function.lockWait:
            "\(Self.part(share(row))) waiting for the GIL" + (row.line > 0 ? " on line \(row.line)" : "")
        case .call:
            "\(part) in \(row.package.map { whose($0) + " " } ?? "")`\(row.name)`"
                + (row.line > 0 ? " called from line \(row.line)" : "")
        case .imports: "\(part) of it imports"
        case .waiting: "\(part) waiting" + (row.line > 0 ? " on line \(row.line)" : "")
        case .function: "\(part) beneath `\(row.name)`"
        case .elsewhere: "\(part) in \(row.package ?? "C code")"
        }
    }

    /// `pandas'`, `json's`
    private static func whose(_ name: String) -> String { name.hasSuffix("s") ? name + "'" : name + "'s" }

    /// Where no function has most of the time.
    private static func spread(_ tree: FoldedTree, _ whole: String, _ paths: ShortPaths) -> String? {
        let functions = tree.rows.filter { $0.kind == .function && $0.depth == 0 }
        guard let first = functions.first else { return "No own code was seen in \(whole)." }
        guard share(first) >= leastNamed else {
            return "No own function has more than \(part(share(first))) of \(whole)."
        }
        let each = functions.prefix(3).filter { share($0) >= leastNamed }.map {
            "\(part(share($0))) beneath \(name(of: $0, paths))"
        }
        return "No own function has half of \(whole): \(each.joined(separator: ", "))."
    }

    /// Functions of a smaller share are not named.
    private static let leastNamed = 0.02

    private static func name(of row: FoldedRow, _ paths: ShortPaths) -> String {
        if row.name == "<module>" { return "the top level of \(row.file.map { paths($0) } ?? "the program")" }
        let place = paths.place(row.file, row.line)
        return "`\(row.name)`" + (place.isEmpty ? "" : " (\(place))")
    }

    /// What shares are parts of: `2.10 s`, `the 1.2 s within main`, `8.4 s of 4 threads`.
    private static func whole(of findings: RunFindings) -> String {
        let threads = findings.threads.filter { $0.share ?? 0 > 0 }
        let sum = threads.reduce(0) { $0 + ($1.seconds ?? 0) }
        let seconds = sum > 0 ? sum : findings.seconds
        let time = (seconds.map(Figures.seconds) ?? "time") + (findings.clock == .cpu ? " of CPU time" : "")
        let during = findings.time.map { " " + Self.during($0) } ?? ""
        if let within = findings.within { return "the \(time) within `\(within)`\(during)" }
        if findings.time != nil { return "the \(time)\(during)" }
        if let processes = findings.processes, processes.count > 1 {
            return "\(time) of \(Figures.count(processes.count)) processes"
        }
        let all = seconds == nil ? "the \(time)" : time
        return threads.count > 1 ? "\(all) of \(threads.count) threads" : all
    }
}

extension Wording {
    /// Smaller parts are not named.
    private static let leastPart = 0.005

    /// Whose code took how much: `Own code takes 12 %, libraries 70 % (pandas 62 %), imports 9 %; 4 % was waiting.`
    private static func makeup(_ tree: FoldedTree) -> String? {
        let parts = tree.parts.filter { ($0.time.share ?? 0) >= leastPart }
        let takers = parts.filter { $0.kind != .waiting && $0.kind != .library }.map { taker($0, parts) }
        let waiting = parts.first { $0.kind == .waiting }.map { "\(part($0.time.share)) was waiting" }
        guard !takers.isEmpty else { return waiting.map { capitalized($0) + "." } }
        let all = capitalized(takers.joined(separator: ", "))
        return all + (waiting.map { "; \($0)" } ?? "") + "."
    }

    private static func taker(_ taker: FoldedPart, _ parts: [FoldedPart]) -> String {
        let share = part(taker.time.share)
        switch taker.kind {
        case .own: return "own code itself takes \(share)"
        case .standardLibrary: return "the standard library \(share)"
        case .imports: return "imports \(share)"
        case .waiting: return "waiting \(share)"
        case .libraries, .library:
            let single = parts.filter { $0.kind == .library }.prefix(2).map {
                "\($0.name ?? "") \(part($0.time.share))"
            }
            return "libraries \(share) (\(single.joined(separator: ", ")))"
        }
    }

    /// How many of the hottest own lines are in an order that chance does not explain: neighbouring intervals apart.
    private static func order(of tree: FoldedTree) -> String? {
        let lines = tree.lines.prefix(4)
        guard lines.count > 1, lines.allSatisfy({ $0.time.low != nil && $0.time.high != nil }) else { return nil }
        let sure = zip(lines, lines.dropFirst()).prefix { ($0.time.low ?? 0) > ($1.time.high ?? 1) }.count
        return switch sure {
        case 0: "Which own line is the hottest, chance may decide."
        case 1: "Which own line is the hottest is certain (95 %)."
        default: "The order of the \(sure == 2 ? "two" : "three") hottest own lines is certain (95 %)."
        }
    }
}

extension [FoldedRow] {
    /// A call waits where waiting is all that it does, or nearly so.
    private static var waitingPart: Double { 0.95 }

    /// Whether what a row calls does nothing but wait; that is then the row behind it.
    func isWaiting(_ at: Int) -> Bool {
        guard at + 1 < count, self[at].kind == .call, self[at + 1].kind == .waiting,
            self[at + 1].depth == self[at].depth + 1
        else { return false }
        return (self[at + 1].total.share ?? 0) >= Self.waitingPart * (self[at].total.share ?? 0)
    }
}

extension FoldedRow {
    /// Whether both are of one function, on whatever path.
    fileprivate func isSamePlace(as other: FoldedRow) -> Bool {
        (kind, name, file, line) == (other.kind, other.name, other.file, other.line)
    }
}
