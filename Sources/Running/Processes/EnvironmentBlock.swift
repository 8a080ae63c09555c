import Glibc

/// A process's environment as the kernel passes it on: bytes, which need not be text.
enum EnvironmentBlock {
    /// Our own environment with some variables set, or with `nil` removed; each entry ended by a zero.
    static func own(changedBy changes: [String: [UInt8]?]) -> [[UInt8]] {
        var block: [[UInt8]] = []
        var at = environ
        while let entry = at.pointee {
            let bytes = UnsafeBufferPointer(start: entry, count: strlen(entry)).map { UInt8(bitPattern: $0) }
            let name = String(decoding: bytes.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
            if !changes.keys.contains(name) { block.append(bytes + [0]) }
            at += 1
        }
        return block + changes.compactMap { name, value in value.map { Array("\(name)=".utf8) + $0 + [0] } }
    }

    /// A list of folders with one more in front.
    static func path(_ folder: String, before: [UInt8]?) -> [UInt8] {
        // An empty part would stand for the current folder, which an empty whole does not.
        Array(folder.utf8) + (before.map { $0.isEmpty ? [] : [UInt8(ascii: ":")] + $0 } ?? [])
    }

    /// A variable's bytes.
    static func value(of name: String) -> [UInt8]? {
        getenv(name).map { value in
            UnsafeBufferPointer(start: value, count: strlen(value)).map { UInt8(bitPattern: $0) }
        }
    }
}
