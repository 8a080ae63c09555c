/// One profile of an OTLP file: what it measures, and where its samples lie.
struct OtlpProfile {
    private(set) var type = Pprof.ValueType()
    private(set) var periodType = Pprof.ValueType()
    private(set) var period: Int64 = 0
    private(set) var duration: Int64 = 0
    private(set) var attributes: [UInt64] = []
    private(set) var samples: [Range<Int>] = []

    init(_ bytes: [UInt8], in range: Range<Int>) throws(FormatError) {
        var cursor = ProtobufCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            switch (entry.field, entry.payload) {
            case (Otlp.Profile.sampleType, let payload?): type = try Self.type(bytes, payload)
            case (Otlp.Profile.periodType, let payload?): periodType = try Self.type(bytes, payload)
            case (Otlp.Profile.samples, let payload?): samples.append(payload)
            case (Otlp.Profile.period, nil): period = Int64(bitPattern: entry.number)
            case (Otlp.Profile.duration, nil): duration = Int64(clamping: entry.number)
            case (Otlp.Profile.attributes, _): try ProtobufCursor.numbers(entry, of: bytes, into: &attributes)
            default: break
            }
        }
    }

    private static func type(_ bytes: [UInt8], _ range: Range<Int>) throws(FormatError) -> Pprof.ValueType {
        var type = Pprof.ValueType()
        var cursor = ProtobufCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            if entry.field == 1 { type.type = Int64(bitPattern: entry.number) }
            if entry.field == 2 { type.unit = Int64(bitPattern: entry.number) }
        }
        return type
    }
}

/// One sample as the file has it: an identity, and what was observed of it.
struct OtlpSample: Equatable {
    private(set) var stack: UInt64 = 0
    private(set) var attributes: [UInt64] = []
    private(set) var values: [UInt64] = []
    private(set) var instants: [UInt64] = []

    init(_ bytes: [UInt8], in range: Range<Int>) throws(FormatError) {
        var cursor = ProtobufCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            switch entry.field {
            case Otlp.Sample.stack: stack = entry.number
            case Otlp.Sample.attributes: try ProtobufCursor.numbers(entry, of: bytes, into: &attributes)
            case Otlp.Sample.values: try ProtobufCursor.numbers(entry, of: bytes, into: &values)
            case Otlp.Sample.instants: try readInstants(entry, bytes)
            default: break
            }
        }
    }

    /// The sum of what was observed; without values, each observation counts as one.
    var value: Int64 {
        if values.isEmpty { return Int64(instants.count) }
        var sum: Int64 = 0
        for value in values { sum.addClamped(Int64(bitPattern: value)) }
        return sum
    }

    /// Whether it tells of the same as a sample of another profile.
    func isSame(as other: OtlpSample) -> Bool { stack == other.stack && attributes == other.attributes }

    private mutating func readInstants(_ entry: ProtobufCursor.Entry, _ bytes: [UInt8]) throws(FormatError) {
        guard let payload = entry.payload else { return instants.append(entry.number) }
        guard payload.count % 8 == 0 else { throw .damaged("a timestamp is cut short at byte \(payload.upperBound)") }
        for start in stride(from: payload.lowerBound, to: payload.upperBound, by: 8) {
            instants.append(bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
    }
}
