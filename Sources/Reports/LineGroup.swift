/// The hot lines of one function, in the order of the file.
struct LineGroup {
    struct Key: Hashable {
        var file: String
        /// The bare name.
        var function: String
    }

    var file: String
    var function: String
    var rows: [SideBySideRow]

    var key: Key { Key(file: file, function: function) }

    /// Lines by function, the function with the hottest line first; `rows` come hottest first.
    static func groups(of rows: some Sequence<SideBySideRow>) -> [LineGroup] {
        var groups: [LineGroup] = []
        for row in rows {
            guard let file = row.file else { continue }
            if let known = groups.firstIndex(where: { $0.file == file && $0.function == row.name }) {
                groups[known].rows.append(row)
            } else {
                groups.append(LineGroup(file: file, function: row.name, rows: [row]))
            }
        }
        for index in groups.indices { groups[index].rows.sort { $0.line < $1.line } }
        return groups
    }
}
