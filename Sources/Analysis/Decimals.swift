import Glibc

/// Numbers with a fixed count of decimals.
public enum Decimals {
    /// `nil` of what is no number; one too large for its decimals as it is. A number that rounds to zero has no sign.
    ///
    /// - Parameter exactly: whether the binary value itself is rounded, ties to even, as C's `printf` does; else the number that
    ///   people read, ties away from zero.
    public static func fixed(_ value: Double, _ places: Int, exactly: Bool = false) -> String? {
        guard value.isFinite else { return nil }
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        guard abs(value) * scale < 1e15 else { return "\(value)" }
        let text = printed(exactly ? value : (value * scale).rounded() / scale, places)
        return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
    }

    /// A part as per cent, such as `12.3 %`; `nil` of what is no number.
    public static func percent(_ part: Double, _ places: Int, exactly: Bool = false) -> String? {
        fixed(100 * part, places, exactly: exactly).map { $0 + " %" }
    }

    private static func printed(_ value: Double, _ places: Int) -> String {
        var bytes = [CChar](repeating: 0, count: 64)
        let length = withVaList([Int32(places), value]) { vsnprintf(&bytes, bytes.count, "%.*f", $0) }
        return String(decoding: bytes.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
