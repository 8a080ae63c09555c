import ProfileModel

/// Makes nodes of the stack table from the location ids of samples.
struct PprofStacks {
    static let mostNodes = 1 << 24
    /// Over all samples, inlined frames included; it bounds the time that reading takes.
    static let mostFrames = 1 << 29

    private(set) var symbols: PprofSymbols
    private(set) var table: StackTable
    /// How many nodes the file itself listed.
    private let listed: Int
    private var frameCount = 0
    private var previous: [(location: LocationID, node: StackID)] = []

    init(_ symbols: PprofSymbols, order: String?) {
        self.symbols = symbols
        table = order.map { PprofStackOrder.table(of: $0, locations: symbols.places) } ?? StackTable()
        listed = table.count
    }

    /// The stack of a sample's ids, leaf first.
    ///
    /// - Parameter node: the node that the sample says it is, believed only if its frames agree.
    mutating func stack(of ids: [UInt64], node: Int64?) throws(FormatError) -> StackID {
        if let node, try agrees(node, with: ids) { return StackID(Int(node)) }
        return try push(try frames(of: ids))
    }

    /// Whether the listed node has the frames that stand above the elided ones.
    private mutating func agrees(_ node: Int64, with ids: [UInt64]) throws(FormatError) -> Bool {
        guard node > 0, node < listed else { return false }
        var at = StackID(Int(node))
        for id in ids {
            guard case .frames(let frames)? = symbols.places[id] else { return true }
            try count(frames.count)
            for frame in frames {
                guard table.leaf(of: at) == frame else { return false }
                at = table.parent(of: at)
            }
        }
        return at == .empty
    }

    /// The frames of these ids, root first.
    private mutating func frames(of ids: [UInt64]) throws(FormatError) -> [LocationID] {
        var frames: [LocationID] = []
        for id in ids.reversed() {
            switch symbols.places[id] {
            case .frames(let found):
                try count(found.count)
                frames += found.reversed()
            case .elision(let function):
                frames.append(symbols.intern(elision: function))
            case nil:
                throw .damaged("a sample is at location \(id), which the file lacks")
            }
        }
        return frames
    }

    private mutating func count(_ frames: Int) throws(FormatError) {
        frameCount += frames
        guard frameCount <= Self.mostFrames else {
            throw .tooLarge("the stacks have more than \(Self.mostFrames) frames")
        }
    }

    /// Neighbouring samples share most of their frames: only what differs is looked up.
    private mutating func push(_ frames: [LocationID]) throws(FormatError) -> StackID {
        var shared = 0
        while shared < min(frames.count, previous.count), frames[shared] == previous[shared].location { shared += 1 }
        previous.removeLast(previous.count - shared)
        for frame in frames[shared...] {
            let node = table.push(frame, onto: previous.last?.node ?? .empty)
            previous.append((frame, node))
        }
        guard table.count <= Self.mostNodes else { throw .tooLarge("more than \(Self.mostNodes) different stacks") }
        return previous.last?.node ?? .empty
    }
}
