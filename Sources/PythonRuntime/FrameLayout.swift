import CPython

/// Where CPython keeps what a sampler reads: byte offsets into its structures, for one version.
struct FrameLayout: Sendable {
    // PyThreadState
    var threadNext = 0
    var threadPythonID = 0
    var threadNativeID = 0
    var threadStackChunk = 0
    var threadStackTop = 0
    var threadCFrame = 0
    var threadRootCFrame = 0
    // PyInterpreterState
    var interpreterThreads = 0
    // _PyCFrame
    var cframeFrame = 0
    var cframePrevious = 0
    // _PyInterpreterFrame
    var frameCode = 0
    var framePrevious = 0
    var frameInstruction = 0
    var frameStackTop = 0
    var frameIsEntry = 0
    var frameOwner = 0
    var frameSize = 0
    // PyCodeObject
    var codeFirstLine = 0
    var codeFile = 0
    var codeName = 0
    var codeQualname = 0
    var codeLineTable = 0
    var codeInstructions = 0
    // PyASCIIObject and PyCompactUnicodeObject
    // PyVarObject and PyBytesObject
    var objectCount = 16
    var bytesSize = 16
    var bytesData = 32
    var textLength = 16
    var textState = 32
    var textStateKind = (shift: 2, mask: UInt(0x7))
    var textStateCompact: UInt = 0x20
    var textStateASCII: UInt = 0x40
    var textASCII = 0
    var textCompact = 0

    /// The layout of the running interpreter, or `nil` where it is not known: never guessed.
    static func ofRunningInterpreter() -> FrameLayout? {
        switch Py_Version >> 16 {
        case 0x030b: .python3_11
        default: nil
        }
    }

    /// From Include/cpython/{pystate,code,unicodeobject}.h and Include/internal/pycore_{frame,interp}.h
    /// of 3.11 on 64-bit machines; the same in all its releases.
    static let python3_11 = FrameLayout(
        threadNext: 8, threadPythonID: 152, threadNativeID: 160, threadStackChunk: 296, threadStackTop: 304, threadCFrame: 56,
        threadRootCFrame: 336,
        interpreterThreads: 16,
        cframeFrame: 8, cframePrevious: 16,
        frameCode: 32, framePrevious: 48, frameInstruction: 56, frameStackTop: 64, frameIsEntry: 68, frameOwner: 69, frameSize: 72,
        codeFirstLine: 72, codeFile: 112, codeName: 120, codeQualname: 128, codeLineTable: 136, codeInstructions: 184,
        textASCII: 48, textCompact: 72)
}
