/// A file's plain bytes, and what tells its format.
struct FileContent {
    let bytes: [UInt8]
    /// Whether it begins as a JSON object or list does.
    let isJSON: Bool
    /// Whether further JSON objects follow the first, one a line.
    private(set) var isJSONLines = false
    /// Of JSON: the keys of its top object, or of the first objects in its top list.
    private(set) var keys: Set<String> = []

    /// So many objects of a list are looked at: what tells the format need not be in the first.
    private static let mostElements = 200

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let first = bytes.first { $0 > 0x20 }
        isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        // Of a damaged text the keys before the damage count.
        if isJSON { do throws(FormatError) { try readKeys() } catch {} }
    }

    func has(_ wanted: String...) -> Bool { isJSON && wanted.allSatisfy(keys.contains) }

    var isText: Bool { !bytes.contains(0) }

    private mutating func readKeys() throws(FormatError) {
        var cursor = JSONCursor(bytes)
        if cursor.kind() == .object {
            try readKeys(&cursor)
            isJSONLines = cursor.kind() == .object
            return
        }
        try cursor.beginList()
        var left = Self.mostElements
        while left > 0, try cursor.nextElement() {
            left -= 1
            if cursor.kind() == .object { try readKeys(&cursor) } else { try cursor.skip() }
        }
    }

    private mutating func readKeys(_ cursor: inout JSONCursor) throws(FormatError) {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            keys.insert(key)
            try cursor.skip()
        }
    }
}
