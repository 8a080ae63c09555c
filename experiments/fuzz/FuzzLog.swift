/// Changes of a capture log's records, after which all checksums are right again.
enum FuzzLog {
    private static let header = 16
    /// The sum of a place for counts is of its first words alone.
    private static let countsPlace: UInt32 = 13

    private struct Record {
        var kind: UInt32
        var payload: [UInt8]
    }

    static func changed(_ bytes: [UInt8], _ random: inout FuzzRandom, _ extremes: [UInt64]) -> [UInt8] {
        var records = parse(bytes)
        guard !records.isEmpty else { return bytes }
        let at = random.below(records.count)
        switch random.below(8) {
        case 0: records.remove(at: at)
        case 1: records.insert(contentsOf: Array(repeating: records[at], count: 1 + random.below(20)), at: at)
        case 2: records.swapAt(at, random.below(records.count))
        case 3: records[at].kind = UInt32(random.below(40))
        default: change(&records[at].payload, &random, extremes)
        }
        return bytes.prefix(header) + records.flatMap(encode) + [UInt8](repeating: 0, count: header)
    }

    private static func change(_ payload: inout [UInt8], _ random: inout FuzzRandom, _ extremes: [UInt64]) {
        guard !payload.isEmpty else { return payload = Array(repeating: 0, count: random.below(64)) }
        switch random.below(4) {
        case 0: payload[random.below(payload.count)] ^= 1 << UInt8(random.below(8))
        case 1: payload.removeLast(random.below(payload.count))
        case 2: payload.append(contentsOf: (0..<random.below(64)).map { _ in UInt8(random.below(256)) })
        default:
            // Fields are of 1, 4 or 8 bytes, where such numbers may stand.
            let (width, value) = (random.one(of: [1, 4, 8]), random.one(of: extremes))
            let at = random.below(payload.count) / width * width
            for byte in 0..<width where at + byte < payload.count {
                payload[at + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte)))
            }
        }
    }

    private static func parse(_ bytes: [UInt8]) -> [Record] {
        var (records, at): ([Record], Int) = ([], header)
        while at + 16 <= bytes.count {
            let (kind, size) = (UInt32(word(bytes, at, 4)), Int(word(bytes, at + 4, 4)))
            guard kind > 0, at + 16 + size <= bytes.count else { break }
            records.append(Record(kind: kind, payload: Array(bytes[at + 16..<at + 16 + size])))
            at += 16 + (size + 7) / 8 * 8
        }
        return records
    }

    private static func encode(_ record: Record) -> [UInt8] {
        let padding = [UInt8](repeating: 0, count: (8 - record.payload.count % 8) % 8)
        return little(UInt64(record.kind), 4) + little(UInt64(record.payload.count), 4) + little(sum(record), 8)
            + record.payload + padding
    }

    /// As `LogLayout` has it: FNV-1a over words, folded.
    private static func sum(_ record: Record) -> UInt64 {
        let payload = record.kind == countsPlace ? Array(record.payload.prefix(24)) : record.payload
        let prime: UInt64 = 0x100_0000_01b3
        var hash = (0xcbf2_9ce4_8422_2325 ^ (UInt64(record.kind) << 32 | UInt64(payload.count))) &* prime
        for at in stride(from: 0, to: payload.count, by: 8) {
            hash = (hash ^ word(payload, at, min(8, payload.count - at))) &* prime
            hash ^= hash >> 29
        }
        return hash
    }

    private static func word(_ bytes: [UInt8], _ at: Int, _ count: Int) -> UInt64 {
        bytes[at..<at + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}
