/// Gives each distinct stack a number, and has the log told of each code object and stack once.
public struct StackInterning {
    private struct Edge: Hashable {
        var parent: UInt32
        var code: UInt32
        var instruction: Int32
    }

    /// Names a code object while its identity still holds, or by what was copied of it; else a record with `.gone`.
    public typealias Naming = (_ code: SampledFrame.Code, _ id: UInt32, _ copies: CopiedCodes?) -> CodeRecord

    private let log: LogWriter
    private let name: Naming
    private var codes: [SampledFrame.Code: UInt32] = [:]
    private var stacks: [Edge: UInt32] = [:]
    /// The last stack of each slot, root first, so that what did not change is not looked up again.
    private var recent: [Int: (frames: [SampledFrame], ids: [UInt32])] = [:]

    public init(log: LogWriter, name: @escaping Naming) {
        self.log = log
        self.name = name
    }

    /// The number of a stack (frames leaf first) that was seen in a slot.
    ///
    /// - Parameter copies: what the look copied of code without a name.
    public mutating func intern(_ frames: UnsafeBufferPointer<SampledFrame>, slot: Int, copies: CopiedCodes? = nil)
        -> UInt32
    {
        var known = recent.removeValue(forKey: slot) ?? ([], [])
        let depth = frames.count
        var same = 0
        while same < depth, same < known.frames.count, known.frames[same] == frames[depth - 1 - same] { same += 1 }
        known.frames.removeLast(known.frames.count - same)
        known.ids.removeLast(known.ids.count - same)
        for at in same..<depth {
            let frame = frames[depth - 1 - at]
            known.ids.append(child(of: known.ids.last ?? 0, frame, copies))
            known.frames.append(frame)
        }
        defer { recent[slot] = known }
        return known.ids.last ?? 0
    }

    private mutating func child(of parent: UInt32, _ frame: SampledFrame, _ copies: CopiedCodes?) -> UInt32 {
        let edge = Edge(parent: parent, code: id(of: frame.code, copies), instruction: frame.instruction)
        if let known = stacks[edge] { return known }
        let new = UInt32(stacks.count + 1)
        stacks[edge] = new
        log.append(.stack(StackRecord(id: new, parent: parent, code: edge.code, instruction: edge.instruction)))
        return new
    }

    /// Writes the name of a code object into the log now, while the object is surely there.
    public mutating func name(_ code: SampledFrame.Code) { _ = id(of: code, nil) }

    private mutating func id(of code: SampledFrame.Code, _ copies: CopiedCodes?) -> UInt32 {
        if let known = codes[code] { return known }
        let new = UInt32(codes.count)
        codes[code] = new
        log.append(.code(name(code, new, copies)))
        return new
    }
}
