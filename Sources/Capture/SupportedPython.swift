/// The versions of CPython that are supported: the one list of them, which all else reads.
///
/// It stands here because both sides read it: what works inside the profiled process, and what reads its logs.
public enum SupportedPython: Int, Sendable, CaseIterable {
    case python3_11 = 11
    case python3_12 = 12
    case python3_13 = 13
    case python3_14 = 14
    case python3_15 = 15

    /// The number behind the 3.
    public var minor: Int { rawValue }

    /// Such as `3.11`.
    public var text: String { "3.\(minor)" }

    public static var oldest: SupportedPython { allCases[0] }
    public static var newest: SupportedPython { allCases[allCases.count - 1] }

    /// For sentences: `3.11 to 3.15`.
    public static var span: String { "\(oldest.text) to \(newest.text)" }
}
