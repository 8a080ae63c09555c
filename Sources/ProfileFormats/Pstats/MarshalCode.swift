/// What a pstats file says of a code object: Python's own `profile` names by one what it ran.
struct MarshalCode {
    var file: String
    var line: Int64
    var name: String

    /// As Python prints it, but for where it lay.
    var text: String { "<code object \(name), file \"\(file)\", line \(line)>" }
}

extension MarshalReader {
    /// Numbers, then objects, of which versions of Python have their own (CPython, `Python/marshal.c`, `w_complex_object`).
    mutating func code(_ depth: Int) throws(FormatError) -> MarshalCode {
        let start = at
        guard let numbers = codeNumbers ?? (4...6).first(where: { beginsBytes(at + 4 * $0) }) else {
            throw .damaged("the code object at byte \(start) is of no known version of Python")
        }
        codeNumbers = numbers
        try skip(4 * numbers)
        var objects: [MarshalValue] = []
        for _ in 0..<8 { objects.append(try value(depth: depth + 1)) }
        let line = Int64(Int32(truncatingIfNeeded: try little(4)))
        // From 3.11 on the kinds of variables stand where closures' names did, and a table of exceptions at the end.
        let isNew = objects[4].asText != nil
        for _ in 0..<(isNew ? 2 : 1) { _ = try value(depth: depth + 1) }
        guard let file = objects[isNew ? 5 : 6].asText, let name = objects[isNew ? 6 : 7].asText else {
            throw .damaged("the code object at byte \(start) has no name")
        }
        return MarshalCode(file: file, line: line, name: name)
    }

    /// Bytes that fit into the file, or earlier ones.
    private func beginsBytes(_ place: Int) -> Bool {
        guard place + 5 <= bytes.count else { return false }
        if bytes[place] == UInt8(ascii: "r") { return true }
        let length = bytes[(place + 1)..<(place + 5)].reversed().reduce(0) { $0 << 8 | Int($1) }
        return bytes[place] & 0x7F == UInt8(ascii: "s") && length <= bytes.count - place - 5
    }

    /// What only code holds is stepped over.
    mutating func constant(_ tag: UInt8, _ depth: Int) throws(FormatError) -> MarshalValue {
        switch Character(Unicode.Scalar(tag)) {
        case "x": for _ in 0..<2 { try skip(Int(try byte())) }
        case "y": try skip(16)
        case ":": for _ in 0..<3 { _ = try value(depth: depth + 1) }
        case "[", "<", ">": for _ in 0..<(try little(4)) { _ = try value(depth: depth + 1) }
        default: break
        }
        return .none
    }
}
