/// Changes of protobuf messages after which all lengths are right again.
enum FuzzMessage {
    static let kinds: Set<String> = ["pprof", "otlp"]

    private enum Content {
        case number(UInt64)
        case fixed([UInt8])
        case bytes([UInt8])
    }

    private struct Field {
        var tag: UInt64
        var content: Content
    }

    static func changed(_ bytes: [UInt8], _ random: inout FuzzRandom, _ extremes: [UInt64]) -> [UInt8] {
        guard var fields = parse(bytes), !fields.isEmpty else { return bytes }
        let at = random.below(fields.count)
        if case .bytes(let inside) = fields[at].content, random.below(4) > 0 {
            fields[at].content = .bytes(changed(inside: inside, &random, extremes))
            return encode(fields)
        }
        switch random.below(5) {
        case 0: fields.remove(at: at)
        case 1: fields.insert(contentsOf: Array(repeating: fields[at], count: 1 + random.below(50)), at: at)
        case 2: fields.swapAt(at, random.below(fields.count))
        case 3: fields[at].tag = UInt64(random.below(16)) << 3 | fields[at].tag & 7
        default: fields[at] = Field(tag: fields[at].tag & ~7, content: .number(random.one(of: extremes)))
        }
        return encode(fields)
    }

    /// As a message where it may be one, else as packed numbers or a text.
    private static func changed(
        inside bytes: [UInt8], _ random: inout FuzzRandom, _ extremes: [UInt64]
    ) -> [UInt8] {
        if parse(bytes)?.isEmpty == false, random.below(4) > 0 { return changed(bytes, &random, extremes) }
        var changed = bytes
        let number = varint(random.one(of: extremes))
        if random.below(2) == 0 || bytes.isEmpty {
            changed.insert(contentsOf: number, at: random.below(bytes.count + 1))
        } else {
            changed.replaceSubrange(random.range(in: bytes.count, longest: 4), with: number)
        }
        return changed
    }

    private static func parse(_ bytes: [UInt8]) -> [Field]? {
        var (fields, at): ([Field], Int) = ([], 0)
        while at < bytes.count {
            guard let tag = readVarint(bytes, &at), let content = content(of: tag, bytes, &at) else { return nil }
            fields.append(Field(tag: tag, content: content))
        }
        return fields
    }

    private static func content(of tag: UInt64, _ bytes: [UInt8], _ at: inout Int) -> Content? {
        switch tag & 7 {
        case 0: return readVarint(bytes, &at).map { .number($0) }
        case 1: return take(8, bytes, &at).map { .fixed($0) }
        case 2: return readVarint(bytes, &at).flatMap { take($0, bytes, &at) }.map { .bytes($0) }
        case 5: return take(4, bytes, &at).map { .fixed($0) }
        default: return nil
        }
    }

    private static func take(_ count: UInt64, _ bytes: [UInt8], _ at: inout Int) -> [UInt8]? {
        guard count <= UInt64(bytes.count - at) else { return nil }
        defer { at += Int(count) }
        return Array(bytes[at..<at + Int(count)])
    }

    private static func readVarint(_ bytes: [UInt8], _ at: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) where at < bytes.count {
            value |= UInt64(bytes[at] & 0x7F) << shift
            at += 1
            if bytes[at - 1] < 0x80 { return value }
        }
        return nil
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var (bytes, value): ([UInt8], UInt64) = ([], value)
        while value > 0x7F {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        return bytes + [UInt8(value)]
    }

    private static func encode(_ fields: [Field]) -> [UInt8] {
        fields.flatMap { field -> [UInt8] in
            switch field.content {
            case .number(let number): varint(field.tag) + varint(number)
            case .fixed(let bytes): varint(field.tag) + bytes
            case .bytes(let bytes): varint(field.tag) + varint(UInt64(bytes.count)) + bytes
            }
        }
    }
}
