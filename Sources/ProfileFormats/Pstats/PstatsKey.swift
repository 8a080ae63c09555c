import ProfileModel

/// By what a pstats file knows a function.
struct PstatsKey: Hashable, Comparable {
    var file: String
    var line: Int
    var name: String

    init(file: String, line: Int, name: String) { (self.file, self.line, self.name) = (file, line, name) }

    /// A C function's file is `~`, and its name stands in angle brackets, as cProfile has it.
    init(_ function: Function) {
        let isBracketed = function.qualname.hasPrefix("<") && function.qualname.hasSuffix(">")
        self.init(
            file: function.file ?? "~", line: function.line,
            name: !function.isC ? function.name : isBracketed ? function.qualname : "<\(function.qualname)>")
    }

    /// The row by which swprof marks a sampler's file, since pstats has no field for it: a C function without calls or time. Every
    /// reader takes it for one, and no sum changes.
    static let sampled = Self(file: "~", line: 0, name: "<sampled by swprof>")

    static func < (a: Self, b: Self) -> Bool { (a.file, a.line, a.name) < (b.file, b.line, b.name) }
}

/// Which functions may be beneath themselves, by who calls whom.
struct PstatsRecursion {
    private(set) var keys: Set<PstatsKey> = []

    private struct Place: Hashable {
        var file: String
        var name: String
    }

    /// - Parameter rows: every line of a function with its callers.
    init(_ rows: [(key: PstatsKey, callers: [PstatsKey])]) {
        var callees: [Place: Set<Place>] = [:]
        var callers: [Place: Set<Place>] = [:]
        for row in rows {
            for caller in row.callers {
                callees[Self.place(caller), default: []].insert(Self.place(row.key))
                callers[Self.place(row.key), default: []].insert(Self.place(caller))
            }
        }
        // What is called by nobody that is left, or calls nobody that is left, is on no ring.
        let left = Self.peeled(
            Self.peeled(Set(callers.keys).intersection(callees.keys), by: callers, callees), by: callees, callers)
        keys = Set(rows.lazy.map(\.key).filter { left.contains(Self.place($0)) })
    }

    private static func peeled(_ all: Set<Place>, by sources: [Place: Set<Place>], _ targets: [Place: Set<Place>])
        -> Set<Place>
    {
        var left = all
        var counts = Dictionary(
            uniqueKeysWithValues: all.map { place in (place, (sources[place] ?? []).intersection(all).count) })
        var free = all.filter { counts[$0] == 0 }
        while let place = free.popFirst() {
            left.remove(place)
            for target in targets[place] ?? [] where left.contains(target) {
                counts[target, default: 0] -= 1
                if counts[target] == 0 { free.insert(target) }
            }
        }
        return left
    }

    private static func place(_ key: PstatsKey) -> Place { Place(file: key.file, name: key.name) }
}
