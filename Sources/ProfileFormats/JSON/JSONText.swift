import FoundationEssentials

/// JSON files that are written.
enum JSONText {
    /// Compact JSON, keys sorted.
    static func encode(_ value: some Encodable) throws(FormatError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
        } catch {
            throw FormatError("the profile has numbers that JSON cannot hold", remedy: "write it as pprof")
        }
    }
}
