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
    /// The first word of what debuggers use; `nil` before 3.14.
    var debugger: Int?
    /// Whether a frame has the height of its stack behind its instruction, of which the interpreter does not tell.
    var hasStackHeight = false
}
