import Capture

/// Which instruction stands where in a code object.
///
/// Behind some instructions stand units that cache what they learn, and an instruction that is being
/// executed may be told by the last of these: so the units are gone through from the start.
struct Instructions {
    /// By unit: the opcode that it belongs to; `nil` behind the first that is not known.
    private let owners: [UInt8?]
    private let table: OpcodeTable?

    /// - Parameters:
    ///   - bytes: two a unit, opcode and argument, as they stood when the code was first seen.
    ///   - python: the interpreter's version.
    init(_ bytes: [UInt8], python: String) {
        table = SupportedPython(version: python).map(OpcodeTable.of)
        var owners = [UInt8?](repeating: nil, count: bytes.count / 2)
        var at = 0
        while at < owners.count, let caches = table?.caches(behind: bytes[2 * at]) {
            let end = min(at + caches + 1, owners.count)
            for unit in at..<end { owners[unit] = bytes[2 * at] }
            at = end
        }
        self.owners = owners
    }

    /// The base name of the instruction at a unit, such as `CALL`; `nil` where it is not known.
    func name(at unit: Int) -> String? {
        guard owners.indices.contains(unit), let opcode = owners[unit] else { return nil }
        return table?.name(opcode)
    }
}
