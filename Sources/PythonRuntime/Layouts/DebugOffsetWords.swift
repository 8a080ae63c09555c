import CPython

/// Where `_Py_DebugOffsets` tells of each structure, for one version of CPython: the numbers of 8-byte words.
struct DebugOffsetWords {
    /// "xdebugpy", with which it begins.
    static let cookie: UInt = 0x7970_6775_6265_6478

    // The first word of each structure's group.
    var interpreter = 6
    var thread: Int
    var frame: Int
    var code: Int
    var object: Int
    var bytes: Int
    var text: Int
    /// The word of a thread's number, before which 3.15 has put other fields.
    var threadNumbers: Int
    var threadBaseFrame: Int?

    /// `nil` where the running version is not known: never guessed.
    static func ofRunningInterpreter() -> DebugOffsetWords? {
        switch Py_Version >> 16 {
        case 0x030d: python3_13
        case 0x030e: python3_14
        case 0x030f: python3_15
        default: nil
        }
    }

    // From Include/internal/pycore_runtime.h of 3.13 and pycore_debug_offsets.h of 3.14 and 3.15.
    private static let python3_13 = DebugOffsetWords(thread: 19, frame: 28, code: 34, object: 44, bytes: 64, text: 67, threadNumbers: 24)
    private static let python3_14 = DebugOffsetWords(thread: 22, frame: 31, code: 39, object: 50, bytes: 74, text: 77, threadNumbers: 27)
    private static let python3_15 = DebugOffsetWords(
        thread: 22, frame: 39, code: 47, object: 58, bytes: 86, text: 89, threadNumbers: 30, threadBaseFrame: 27)
}
