import Analysis
import ProfileModel

/// What the template `change` shows.
struct ChangeView {
    struct Table {
        var title: String
        var what: String
        var rows: [Row] = []
        /// One sentence for all that did not change, and where rows are left out.
        var rest: [String]
    }

    struct Row {
        var name: String
        var place: String
        var change: String
        var points: String
        var before: String
        var after: String
        var why: String
    }

    var versions: [String]
    var tables: [Table]

    private static let mostRows = 100

    init(_ change: ChangeFindings, source: any SourceText) {
        versions = Wording.versions(change)
        tables = [Self.table(Wording.changesHeading(change), "function", change.functions, name: \.qualname)]
        if !change.lines.isEmpty {
            tables.append(Self.table("Lines", "line", change.lines) { Wording.code($0, source) })
        }
    }

    private static func table(
        _ title: String, _ what: String, _ places: [PlaceChange], name: (PlaceChange) -> String
    ) -> Table {
        let changed = places.filter(\.isChanged)
        let more = changed.count - mostRows
        let rows = Array(changed.prefix(mostRows))
        return Table(
            title: title, what: what,
            rows: zip(rows, Wording.changes(rows.map(\.own.change))).map { Row($0, name: name($0), change: $1.text) },
            rest: [
                more > 0 ? "and \(Figures.count(more)) more that changed" : nil, Wording.unchanged(places, what),
            ].compactMap { $0 })
    }
}

extension ChangeView.Row {
    fileprivate init(_ place: PlaceChange, name: String, change: String) {
        self.init(
            name: name, place: Wording.place(place), change: change,
            points: Wording.points(place.share.change).text, before: Figures.seconds(place.own.before),
            after: Figures.seconds(place.own.after), why: Wording.why(place))
    }
}
