import Analysis
import FoundationEssentials

/// Findings as the JSON of the contract.
public enum JSONReport {
    /// Pretty-printed, keys sorted; a number that JSON cannot hold (NaN, infinities) is `null`.
    public static func encode(_ value: some Encodable) throws -> String {
        // The encoder can write such numbers as a string only: one that no profile can contain by intent.
        let stand = "not a number \(UInt64.random(in: .min ... .max))"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: stand, negativeInfinity: stand, nan: stand)
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        return text.replacing("\"\(stand)\"", with: "null") + "\n"
    }
}
