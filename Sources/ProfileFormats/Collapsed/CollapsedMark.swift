/// What tools write at the root of a stack of its process and its thread.
enum CollapsedMark {
    /// Such as `P123` of austin, and `process 123:"python x.py"` of py-spy.
    case process(Int64)
    /// Such as `T0:123` of austin, `tid:123` of CPython's sampler, and `thread (0x7F12): worker` of py-spy.
    case thread(Int64, name: String)

    /// Commands of processes stand in it.
    static let quote = UInt8(ascii: "\"")

    /// - Parameter isAustins: whether the file is austin's: only there `P1` and `T0:5` are no functions.
    init?(_ text: String, isAustins: Bool) {
        guard let mark = Self.ofPySpy(text) ?? Self.ofCPython(text) ?? (isAustins ? Self.ofAustin(text) : nil) else {
            return nil
        }
        self = mark
    }

    private static func ofCPython(_ text: String) -> CollapsedMark? {
        text.hasPrefix("tid:") ? Int64(text.dropFirst(4)).map { .thread($0, name: "") } : nil
    }

    private static func ofPySpy(_ text: String) -> CollapsedMark? {
        if text.hasPrefix("thread ("), let close = text.firstIndex(of: ")") {
            let rest = text[text.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(": "), let id = number(text[..<close].dropFirst(8)) else { return nil }
            return .thread(id, name: String(rest.dropFirst(2)))
        }
        guard text.hasPrefix("process "), let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix(":\"") else {
            return nil
        }
        return number(text[..<colon].dropFirst(8)).map { .process($0) }
    }

    /// Processes are `P` and a number; threads `T`, perhaps the interpreter's number and a colon, and a number, which is hexadecimal in
    /// some versions; the first versions wrote `Thread` and a blank.
    private static func ofAustin(_ text: String) -> CollapsedMark? {
        if text.hasPrefix("P"), let id = UInt32(text.dropFirst()) { return .process(Int64(id)) }
        guard text.hasPrefix("T") else { return nil }
        let rest = text.hasPrefix("Thread ") ? text.dropFirst(7) : text.dropFirst()
        guard let colon = rest.firstIndex(of: ":") else { return number(rest).map { .thread($0, name: "") } }
        let interpreter = rest[..<colon]
        guard interpreter.isEmpty || Int32(interpreter) != nil else { return nil }
        return number(rest[rest.index(after: colon)...]).map { .thread($0, name: "") }
    }

    /// Decimal where it can be, else hexadecimal.
    private static func number(_ text: Substring) -> Int64? {
        let digits = text.lowercased().hasPrefix("0x") ? text.dropFirst(2) : text
        let isHexadecimal = digits.count != text.count || digits.contains { $0.isLetter }
        return UInt64(digits, radix: isHexadecimal ? 16 : 10).map { Int64(bitPattern: $0) }
    }
}
