import ProfileModel

/// Writes pstats files, which `pstats.Stats` loads.
///
/// The key of a function is its file, first line and bare name; of a C function `~`, 0 and `<name>`. Times are seconds.
/// A sampler's numbers of calls are its samples, and a row without figures says so.
enum PstatsWriter: ProfileWriter {
    static let format = FormatName.pstats

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        var out = MarshalBytes()
        out.begin()
        for row in PstatsTable(profile).rows {
            out.key(row.key)
            out.figures(row.figures.primitive, row.figures.calls, row.figures.own, row.figures.inclusive, more: 1)
            out.begin()
            for (caller, edge) in row.callers {
                out.key(caller)
                out.figures(edge.calls, edge.primitive, edge.own, edge.inclusive, more: 0)
            }
            out.end()
        }
        out.end()
        return out.bytes
    }
}

/// The figures of a pstats file, from stacks.
private struct PstatsTable {
    struct Figures {
        var calls: Int64 = 0
        /// Those that no other call of the function was open beneath.
        var primitive: Int64 = 0
        var own: Int64 = 0
        var inclusive: Int64 = 0

        mutating func add(_ node: Figures) {
            calls &+= node.calls
            primitive &+= node.primitive
            own &+= node.own
            inclusive &+= node.inclusive
        }
    }

    private var all: [PstatsKey: (figures: Figures, callers: [PstatsKey: Figures])] = [:]

    var rows: [(key: PstatsKey, figures: Figures, callers: [(key: PstatsKey, figures: Figures)])] {
        all.sorted { $0.key < $1.key }.map { key, row in
            (key, row.figures, row.callers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
    }

    init(_ profile: Profile) {
        if profile.kind == .sampling { all[.sampled] = (Figures(), [:]) }
        let keys = profile.functions.map { PstatsKey($0) }
        let calls = FunctionStacks(profile)
        let inclusive = calls.inclusive
        var open = Array(repeating: 0, count: keys.count)
        var walk = TreeWalk(calls.table.parents)
        while let step = walk.next() {
            switch step {
            case .leave(let node): open[calls.table.locations[node].index] -= 1
            case .enter(let node):
                let function = calls.table.locations[node].index
                let isOutermost = open[function] == 0
                open[function] += 1
                let figures = Figures(
                    calls: calls.calls[node], primitive: isOutermost ? calls.calls[node] : 0, own: calls.own[node],
                    inclusive: isOutermost ? inclusive[node] : 0)
                let caller = calls.table.leaf(of: calls.table.parent(of: StackID(node))).map { keys[$0.index] }
                add(figures, to: keys[function], caller, inclusive[node])
            }
        }
        guard let measured = profile.inclusive?.functions else { return }
        for (function, time) in measured.enumerated() where function < keys.count {
            all[keys[function]]?.figures.inclusive = time
        }
    }

    private mutating func add(_ figures: Figures, to key: PstatsKey, _ caller: PstatsKey?, _ inclusive: Int64) {
        var row = all[key] ?? (Figures(), [:])
        row.figures.add(figures)
        if let caller {
            var edge = figures
            edge.inclusive = inclusive
            row.callers[caller, default: Figures()].add(edge)
        }
        all[key] = row
    }
}

/// A profile's stacks by function alone, lines left out: in its table the locations are functions.
private struct FunctionStacks {
    private(set) var table = StackTable()
    private(set) var calls: [Int64] = []
    private(set) var own: [Int64] = []

    init(_ profile: Profile) {
        var reduced = [StackID.empty]
        for node in profile.stacks.parents.indices.dropFirst() {
            let location = profile.locations[profile.stacks.locations[node].index]
            let (parent, function) = (reduced[Int(profile.stacks.parents[node])], LocationID(location.function.index))
            // A tracer's lines are beneath their function, and no calls of it.
            let isLine = profile.kind == .tracing && location.line > 0 && table.leaf(of: parent) == function
            reduced.append(isLine ? parent : table.push(function, onto: parent))
        }
        calls = Array(repeating: 0, count: table.count)
        own = calls
        for sample in profile.samples {
            let node = reduced[sample.stack.index].index
            own[node] &+= max(0, sample.nanoseconds)
            if !profile.isLine(sample) { calls[node] &+= max(0, sample.count) }
        }
    }

    /// By node: the time with it, or what continues it.
    var inclusive: [Int64] {
        var sums = own
        for node in sums.indices.dropFirst().reversed() { sums[Int(table.parents[node])] &+= sums[node] }
        return sums
    }
}

/// `marshal` data, version 2, of the few types that pstats files have.
private struct MarshalBytes {
    private(set) var bytes: [UInt8] = []

    mutating func begin() { bytes.append(UInt8(ascii: "{")) }
    mutating func end() { bytes.append(UInt8(ascii: "0")) }

    mutating func key(_ key: PstatsKey) {
        tuple(3)
        text(key.file)
        little(UInt8(ascii: "i"), UInt64(UInt32(truncatingIfNeeded: key.line)), 4)
        text(key.name)
    }

    /// - Parameter more: how many elements of the tuple follow.
    mutating func figures(_ first: Int64, _ second: Int64, _ own: Int64, _ inclusive: Int64, more: UInt8) {
        tuple(4 + more)
        for count in [first, second] { integer(count) }
        for time in [own, inclusive] { little(UInt8(ascii: "g"), (Double(time) / 1e9).bitPattern, 8) }
    }

    private mutating func tuple(_ count: UInt8) { bytes += [UInt8(ascii: "("), count, 0, 0, 0] }

    private mutating func text(_ text: String) {
        little(UInt8(ascii: "u"), UInt64(text.utf8.count), 4)
        bytes += Array(text.utf8)
    }

    /// Counts are never negative here; beyond 32 bits they go as digits of 15 bits.
    private mutating func integer(_ value: Int64) {
        guard value > Int64(Int32.max) else { return little(UInt8(ascii: "i"), UInt64(value), 4) }
        let digits = sequence(first: value) { $0 >> 15 }.prefix { $0 > 0 }
        little(UInt8(ascii: "l"), UInt64(Array(digits).count), 4)
        for digit in digits { bytes += [UInt8(digit & 0xFF), UInt8((digit >> 8) & 0x7F)] }
    }

    private mutating func little(_ tag: UInt8, _ value: UInt64, _ count: Int) {
        bytes.append(tag)
        for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte)))) }
    }
}
