import Analysis
import ProfileModel

/// What the template `functions` shows: a line for each function of a run.
struct FunctionsView {
    var ticks: [TickView]
    var hasCalls: Bool
    var hasCompensated: Bool
    var hasKinds: Bool
    let kindsLegend = Wording.kindsLegend
    var rows: [FunctionRowView]
    /// What the switch shows that is folded away.
    var small: String?
    var rest: String?
    /// That self times are not to be added up.
    var callees: String?
}

struct FunctionRowView {
    var id: Int
    var isSmall: Bool
    var name: String
    var place: String
    /// Where its source stands on the page.
    var source: String?
    /// What rows are sorted by.
    var own: String
    var total: String
    var calls: String
    /// What they show.
    var ownText: String
    var bounds: String
    var compensated: String
    var mark: TrackView
    var totalText: String
    var seconds: String
    var callsText: String
    /// What its self time was.
    var kinds: String
}

/// Makes the table of a run's functions.
struct FunctionTable {
    private static let most = 250
    /// Functions of a smaller self share, and of a smaller total share, are folded away.
    private static let (leastSelf, leastTotal) = (0.001, 0.01)

    let findings: RunFindings
    let paths: ShortPaths
    /// By file and bare name, the number of a function's listing.
    var sources: [LineGroup.Key: Int] = [:]

    /// By function, its row.
    var rows: [Function: Int] {
        let shown = findings.functions.prefix(Self.most).enumerated().map { (Function($1), $0) }
        return Dictionary(shown) { first, _ in first }
    }

    var view: FunctionsView {
        let shown = Array(findings.functions.prefix(Self.most))
        let axis = ShareAxis(fitting: shown.map(\.`self`))
        let rows = shown.enumerated().map { row($1, $0, axis) }
        let small = rows.count { $0.isSmall }
        let rest = findings.functions.count - rows.count
        return FunctionsView(
            ticks: axis.ticks, hasCalls: shown.contains { $0.calls != nil },
            hasCompensated: shown.contains { $0.`self`.compensated != nil },
            hasKinds: shown.contains { $0.kinds != nil }, rows: rows,
            small: small > 0 ? "show \(Figures.count(small)) more of under 0.1 %" : nil,
            rest: rest > 0 ? "and \(Figures.count(rest)) more" : nil, callees: Wording.callees(findings))
    }

    private func row(_ function: FunctionFinding, _ index: Int, _ axis: ShareAxis) -> FunctionRowView {
        let (own, total) = (function.`self`, function.total)
        let text = ShareText(own)
        return FunctionRowView(
            id: index, isSmall: Self.isSmall(function), name: function.qualname,
            place: paths.place(function.file, function.line),
            source: function.file.flatMap { sources[LineGroup.Key(file: $0, function: function.name)] }.map(
                String.init),
            own: Self.number(own.share), total: Self.number(total.share), calls: "\(function.calls ?? -1)",
            ownText: text.share, bounds: text.bounds,
            compensated: own.compensated == nil ? "" : CompensatedText.time(own.compensated).text,
            mark: ShareCharts.track(own, "self", 0, findings.kind, axis), totalText: ShareText(total).share,
            seconds: own.seconds.map(Figures.seconds) ?? Figures.missing,
            callsText: function.calls.map(Figures.count) ?? "", kinds: Wording.kinds(function))
    }

    private static func isSmall(_ function: FunctionFinding) -> Bool {
        guard let own = function.`self`.share, let total = function.total.share else { return false }
        return own < leastSelf && total < leastTotal
    }

    private static func number(_ share: Double?) -> String { share.flatMap { Decimals.fixed($0, 6) } ?? "-1" }
}
