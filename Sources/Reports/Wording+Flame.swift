import Analysis

/// What flame graphs say.
extension Wording {
    static func kind(_ kind: FlameFrame.Kind) -> String {
        switch kind {
        case .own: "own code"
        case .library: "libraries"
        case .standardLibrary: "standard library"
        case .c: "C"
        case .imports: "imports"
        case .waiting: "waiting"
        }
    }

    /// `0.40 s → 0.61 s: +0.21 s [0.19, 0.23], more`
    static func change(of node: ChangedTree.Node, _ unit: ChangedTree.Unit) -> String {
        func text(_ value: Double) -> String {
            unit == .seconds ? Figures.seconds(value) : ShareText(Estimate(share: value)).share
        }
        let difference = unit == .seconds ? changes([node.time.change])[0] : points(node.time.change)
        let verdict =
            switch node.verdict {
            case .more: "more"
            case .less: "less"
            case .moved, .withinChance: "chance may explain it"
            case .cannotTell: "nothing says how sure that is"
            }
        let points = unit == .seconds ? "" : " points"
        return "\(text(node.time.before)) → \(text(node.time.after)): \(difference.text)\(points), \(verdict)"
    }

    /// What the three colours say.
    static func legend(of tree: ChangedTree) -> [(tone: String, text: String)] {
        let isOfVersions = tree.unit == .seconds
        let (more, less) =
            isOfVersions
            ? ("takes more time", "takes less")
            : ("\(tree.names.last ?? "") says more", "\(tree.names.first ?? "") says more")
        return [("more", "▲ \(more)"), ("less", "▼ \(less)"), ("same", "cannot tell: within chance")]
    }

    /// How to read a run's flame graph.
    static func flameNote(_ tree: FoldedTree?) -> String {
        let reading =
            "Callers above what they call; the width is the part of the time. Choose a frame to enlarge it; "
            + "arrow keys move, Enter enlarges, Escape shows all, / searches."
        return [reading, tree?.standIn.map { capitalized(standIn($0)) + "." }].compactMap { $0 }.joined(separator: " ")
    }

    /// How to read the one of a change, or of two designs.
    static func changeNote(_ change: ChangeFindings?) -> String {
        let tests =
            change?.estimand == .thisRun
            ? "of these two runs alone, which cannot show whether the program changed" : "over all runs"
        return
            "The width is the mean of both. A frame has a colour only where its time, with all that it calls, differs by "
            + "more than chance, \(tests), by tests that are adjusted for the number of frames (Benjamini and Yekutieli)."
    }

    /// What a comparison of designs says in one sentence; `nil` where there is nothing to compare.
    static func verdict(of compare: CompareFindings) -> String? {
        guard compare.designs.count > 1 else { return nil }
        guard compare.differences.isEmpty else { return ofRuns(compare.differences.filter(\.isBeyondChance).eachOnce) }
        let each = compare.disagreements.eachOnce
        guard let first = each.first else { return "No two designs disagree by more than chance." }
        let functions = Set(each.map(\.function)).count
        let pairs = Set(each.map { [$0.a, $0.b] }).count
        let who =
            pairs == 1 ? "\(first.a) and \(first.b) disagree" : "\(Figures.count(pairs)) pairs of designs disagree"
        let places =
            functions == 1
            ? "in `\(first.function)`" : "in \(Figures.count(functions)) functions, most in `\(first.function)`"
        let most = pairs == 1 || functions == 1 ? "" : " (\(first.a) and \(first.b))"
        return "\(who) by more than chance \(places)\(most): \(likelier(first))."
    }

    private static func ofRuns(_ differences: [RunDifference]) -> String {
        guard let first = differences.max(by: { abs($0.difference.mean) < abs($1.difference.mean) }) else {
            return "The runs do not differ by more than their sampling error."
        }
        let functions = Set(differences.map(\.function)).count
        let places =
            functions == 1
            ? "in `\(first.function)`" : "in \(Figures.count(functions)) functions, most in `\(first.function)`"
        return "These runs differ by more than their sampling error \(places); repeats of one program differ too."
    }
}

/// One place of two that are compared.
protocol ComparedPlace {
    var a: String { get }
    var b: String { get }
    var by: Resolution { get }
    var function: String { get }
    var file: String? { get }
}

extension Disagreement: ComparedPlace {}
extension RunDifference: ComparedPlace {}

extension Array where Element: ComparedPlace {
    /// Without the lines of functions that are listed themselves.
    var eachOnce: [Element] {
        let functions = Set(filter { $0.by == .function }.map { [$0.a, $0.b, $0.file ?? "", $0.function] })
        return filter { $0.by == .function || !functions.contains([$0.a, $0.b, $0.file ?? "", $0.function]) }
    }
}
