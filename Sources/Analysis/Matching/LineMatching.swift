/// Pairs the lines of two versions of one function, or of one file.
struct LineMatching {
    private(set) var pairs: [(old: SeenLine, new: SeenLine)] = []
    /// Those that no other is the same as.
    private(set) var old: [SeenLine]
    private(set) var new: [SeenLine]

    private init(_ old: [SeenLine], _ new: [SeenLine]) { (self.old, self.new) = (old.sorted(), new.sorted()) }

    /// Of one function: by their text, those between the same neighbours first; where the text of some is not known, by
    /// how far they are from the function's first line.
    init(ofFunction old: [SeenLine], _ new: [SeenLine]) {
        self.init(old, new)
        if (old + new).allSatisfy({ $0.mark != nil }) {
            pair { $0.mark }
            pair { $0.mark?.text }
        } else {
            pair(\.offset)
        }
    }

    /// What is left of all functions of a file, where a line's text stands there once: it went from one function to another.
    init(ofFile old: [SeenLine], _ new: [SeenLine]) {
        self.init(old, new)
        pair(isOnce: true) { $0.mark }
        pair(isOnce: true) { $0.mark?.text }
    }

    /// Pairs those with one key, in the order in which they stand.
    ///
    /// - Parameter isOnce: whether only keys count that one line of each version has.
    private mutating func pair<Key: Hashable>(isOnce: Bool = false, _ key: (SeenLine) -> Key?) {
        func byKey(_ lines: [SeenLine]) -> [Key: [SeenLine]] {
            lines.reduce(into: [:]) { known, line in key(line).map { known[$0, default: []].append(line) } }
        }
        let (ofOld, ofNew) = (byKey(old), byKey(new))
        let shared = ofOld.filter { key, lines in
            ofNew[key].map { !isOnce || lines.count == 1 && $0.count == 1 } ?? false
        }
        let found = shared.flatMap { key, lines in zip(lines, ofNew[key] ?? []).map { (old: $0, new: $1) } }
        pairs += found
        let (pairedOld, pairedNew) = (Set(found.map(\.old)), Set(found.map(\.new)))
        old.removeAll(where: pairedOld.contains)
        new.removeAll(where: pairedNew.contains)
    }
}
