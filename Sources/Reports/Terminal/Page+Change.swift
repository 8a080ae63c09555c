import Analysis
import ProfileModel

extension Page {
    /// What a change did: the verdict first, then what changed.
    mutating func addChange(_ change: ChangeFindings, of findings: CompareFindings, source: any SourceText) {
        sentence(Wording.verdict(change), .strong)
        for version in Wording.versions(change) { sentence(version, .faint) }
        heading(Wording.changesHeading(change))
        addChanges(change.functions, "function", names: \.qualname)
        if !change.lines.isEmpty {
            heading("Lines")
            addChanges(change.lines, "line") { Wording.code($0, source) }
        }
        addCaveats(Wording.caveats(of: findings))
        add(StyledLine())
        sentence(Wording.interval(change) + ".", .faint, bullet: "[ ] ")
    }

    /// Narrower terminals have what moved behind the place.
    private static let widthForReasons = 100

    /// A row for each that changed, and one for all others.
    private mutating func addChanges(_ places: [PlaceChange], _ thing: String, names: (PlaceChange) -> String) {
        let changed = places.filter(\.isChanged)
        let rows = Array(changed.prefix(options.rows))
        if !rows.isEmpty {
            var table = TextTable()
            table.add("change", shares: Wording.changes(rows.map(\.own.change)))
            table.add("points", shares: rows.map { Wording.points($0.share.change) })
            table.add("before", rows.map { Figures.seconds($0.own.before) })
            table.add("after", rows.map { Figures.seconds($0.own.after) })
            let isBeside = width >= Self.widthForReasons && rows.contains { !Wording.why($0).isEmpty }
            if isBeside { table.add("", rows.map(Wording.why), .left) }
            let labels = rows.map { row in
                let why = isBeside || Wording.why(row).isEmpty ? "" : ", " + Wording.why(row)
                return PlaceLabel(name: names(row), place: Wording.place(row) + why)
            }
            table.add(thing, labels: labels, width: width)
            add(table.lines(width: width))
        }
        addRest(changed.count - rows.count, "\(thing) that changed", plural: "\(thing)s that changed")
        if let rest = Wording.unchanged(places, thing) { sentence(rest, .faint, bullet: "  ") }
    }
}

extension Wording {
    /// What stands on a line, where its file says so; else its function.
    static func code(_ place: PlaceChange, _ source: any SourceText) -> String {
        let text = (place.line ?? place.lineBefore).flatMap { line($0, of: place, source) } ?? ""
        let code = text.drop(while: \.isWhitespace)
        return code.isEmpty ? place.qualname : String(code.prefix(120))
    }

    /// `nil` where the file was edited since.
    private static func line(_ number: Int, of place: PlaceChange, _ source: any SourceText) -> String? {
        guard let mark = place.mark else { return source.line(number, of: place.path) }
        let lines = source.lines(of: place.path) ?? []
        return LineMark(of: number, in: lines)?.text == mark.text ? source.line(number, of: place.path) : nil
    }
}
