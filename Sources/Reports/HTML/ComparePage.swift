import Analysis
import ProfileModel

extension PageView {
    init(
        compare: CompareFindings, flames: [(design: String, table: FlameTable)], source: any SourceText,
        paths: ShortPaths
    ) throws {
        let program = compare.program.joined(separator: " ")
        let facts =
            [Wording.runs(compare.runs), "\(compare.clock.rawValue) clock", "Python \(compare.python)"]
            + [compare.until?.text].compactMap { $0 }
        self.init(title: "swprof compare: \(program)", kicker: "swprof compare", program: program, facts: facts)
        summary = [compare.change.map(Wording.verdict) ?? Wording.verdict(of: compare)].compactMap { $0 }.map(
            SentenceView.init)
        change = compare.change.map { ChangeView($0, source: source) }
        let layout = FlameLayout(paths: paths, room: Self.room / max(1, flames.count))
        try addChanges(compare, layout)
        verdictSection = change == nil
        verdicts = VerdictGroup.groups(of: compare.disagreements.eachOnce).compactMap { VerdictView($0, paths: paths) }
        // Two versions have the same places in other lines: a table of them stands above.
        if change == nil { charts = Self.charts(compare, paths: paths, source: source) }
        // The lines of two versions stand in two files.
        let listed = change == nil ? compare.designs : Array(compare.designs.suffix(1))
        listings = Listings(listed, paths: paths, source: source).views
        self.flames = try flames.map { try layout.view(of: $0.table, heading: $0.design) }
        agreements = compare.agreement.map(AgreementView.init)
        resolutions = Wording.resolutions(of: compare.agreement)
        order = compare.ranks.map(Wording.order) + Wording.hottest(compare.designs)
        differences = compare.differences.filter(\.isBeyondChance).eachOnce.map { Wording.difference($0, paths) }
        if !compare.differences.isEmpty { differencesNote = Wording.ofSingleRuns }
        ledgers = compare.designs.compactMap { LedgerView(heading: $0.name, $0.ledger, $0.unaccounted) }
        if change == nil { costs = [SlowdownChart(compare).view] }
        caveats = Wording.caveats(of: compare).map { designs, caveat in
            let whose = designs.isEmpty ? nil : designs.joined(separator: ", ")
            return CaveatView(whose: whose, text: caveat.text, code: caveat.code)
        }
        intervals = Wording.estimands(of: compare.designs) + [compare.change.map(Wording.interval)].compactMap { $0 }
        intervals += [CompensatedText.note(compare.designs.compactMap(\.calibration))].compactMap { $0 }
        audit = Self.audit(compare.audit)
    }
}

extension PageView {
    /// Bytes that all flame graphs of a page may take.
    private static let room = 500_000

    private static let mostTrees = 3

    /// The call trees of versions, or of designs that differ, as one.
    private mutating func addChanges(_ compare: CompareFindings, _ layout: FlameLayout) throws {
        let trees = compare.change.map { [$0.tree].compactMap { $0 } } ?? compare.trees.filter(\.isChanged)
        let shown = trees.prefix(Self.mostTrees)
        first = try shown.map { try layout.view(of: $0) }
        flameHeading = compare.change == nil ? "Where designs differ, by call" : "What the change did, by call"
        flameNote = Wording.changeNote(compare.change)
        if trees.count > shown.count {
            flameNote += " \(Figures.count(trees.count - shown.count)) more pairs differ, too."
        }
    }

    private static func charts(
        _ compare: CompareFindings, paths: ShortPaths, source: any SourceText
    ) -> [ChartView] {
        var charts = [ShareCharts.functions(of: compare.designs, paths: paths)]
        if compare.designs.contains(where: { !$0.lines.isEmpty }) {
            charts.append(ShareCharts.lines(of: compare.designs, paths: paths, source: source))
        }
        return charts
            + [ShareCharts.opcodes(of: compare.designs), CausalChart(compare, paths: paths)?.view].compactMap { $0 }
    }
}

extension VerdictView {
    init?(_ group: VerdictGroup, paths: ShortPaths) {
        guard let first = group.places.first else { return nil }
        text = SentenceView(first.text)
        places = group.places.map { VerdictPlaceView($0, paths: paths) }
        likelier = Wording.likelier(first)
        known = first.likelier != nil
    }
}

extension VerdictPlaceView {
    init(_ disagreement: Disagreement, paths: ShortPaths) {
        function = disagreement.function
        place = paths.place(disagreement.file, disagreement.line)
        figures = Wording.figures(of: disagreement)
    }
}

extension AgreementView {
    init(_ agreement: Agreement) {
        pair = "\(agreement.a) – \(agreement.b)"
        by = agreement.by.rawValue
        apart = ShareText(Estimate(share: agreement.totalVariation)).share
        floor = ShareText(Estimate(share: agreement.noiseFloor)).share
        p = Wording.probability(of: agreement)
    }
}
