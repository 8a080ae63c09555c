/// Where the parts of an OTLP file lie.
struct OtlpOutline {
    private(set) var resources: [Range<Int>] = []
    private(set) var dictionary: Range<Int>?

    init(_ bytes: [UInt8]) throws(FormatError) {
        var cursor = ProtobufCursor(bytes)
        while !cursor.isAtEnd {
            let start = cursor.at
            let entry = try cursor.next()
            switch (entry.field, entry.payload) {
            case (Otlp.Data.resources, let payload?): resources.append(payload)
            case (Otlp.Data.dictionary, let payload?) where dictionary == nil: dictionary = payload
            default: throw .damaged("byte \(start) begins nothing that OpenTelemetry's profiles have")
            }
        }
    }

    /// Whether the whole file is groups of profiles and one dictionary of tables, each of messages. A pprof file has more tables, and no
    /// message in them begins as a group does.
    static func matches(_ bytes: [UInt8]) -> Bool {
        guard let outline = try? OtlpOutline(bytes), let dictionary = outline.dictionary else { return false }
        var cursor = ProtobufCursor(bytes, in: dictionary)
        guard let first = try? cursor.next(), first.payload != nil, 1...7 ~= first.field else { return false }
        return outline.resources.allSatisfy { range in
            var cursor = ProtobufCursor(bytes, in: range)
            if cursor.isAtEnd { return true }
            guard let first = try? cursor.next() else { return false }
            return first.payload != nil && 1...3 ~= first.field
        }
    }

    /// What a group of profiles is of, and what is in it.
    static func group(
        _ bytes: [UInt8], _ range: Range<Int>
    ) throws(FormatError) -> (of: Range<Int>?, entries: [Range<Int>]) {
        var (of, entries): (Range<Int>?, [Range<Int>]) = (nil, [])
        var cursor = ProtobufCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            switch (entry.field, entry.payload) {
            case (Otlp.Group.of, let payload?): of = payload
            case (Otlp.Group.entries, let payload?): entries.append(payload)
            default: break
            }
        }
        return (of, entries)
    }
}
