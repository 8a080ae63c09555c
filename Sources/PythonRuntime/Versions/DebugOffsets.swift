import CPython

/// What CPython says of its own structures from 3.13 on: byte offsets, from `_Py_DebugOffsets` at the head of
/// `_PyRuntime`.
struct DebugOffsets: Sendable {
    // PyInterpreterState
    let interpreterThreads: Int
    // PyThreadState
    let threadNext: Int
    let threadFrame: Int
    /// `nil` before 3.15.
    let threadBaseFrame: Int?
    let threadNativeID: Int
    let threadStackChunk: Int
    // _PyInterpreterFrame
    let frameSize: Int
    let framePrevious: Int
    let frameExecutable: Int
    let frameInstruction: Int
    let frameLocals: Int
    let frameOwner: Int
    /// `nil` where there is none.
    let frameStackTop: Int?
    // PyCodeObject
    let codeFile: Int
    let codeName: Int
    let codeQualname: Int
    let codeLineTable: Int
    let codeFirstLine: Int
    let codeInstructions: Int
    // PyObject, PyBytesObject and PyASCIIObject
    let objectType: Int
    let bytesSize: Int
    let bytesData: Int
    let textState: Int
    let textLength: Int
    let textASCII: Int

    /// Those of the running interpreter, or `nil` where it tells none that can be read: before 3.13, in a
    /// version that is not known, and in a free-threaded build.
    static func ofRunningInterpreter() -> DebugOffsets? {
        guard case .reported(let words)? = PythonVersion.running?.frames else { return nil }
        let table = UInt(bitPattern: swprof_runtime())
        guard load(table) == DebugOffsetWords.cookie,
            load(table &+ 8) == Py_Version, load(table &+ 16) == 0
        else { return nil }
        return DebugOffsets(words) { Int(load(table &+ UInt($0 &* 8))) }
    }

    private init(_ words: DebugOffsetWords, _ offset: (Int) -> Int) {
        interpreterThreads = offset(words.interpreter + 3)
        threadNext = offset(words.thread + 2)
        threadFrame = offset(words.thread + 4)
        threadBaseFrame = words.threadBaseFrame.map(offset)
        threadNativeID = offset(words.threadNumbers + 1)
        threadStackChunk = offset(words.threadNumbers + 2)
        frameSize = offset(words.frame)
        framePrevious = offset(words.frame + 1)
        frameExecutable = offset(words.frame + 2)
        frameInstruction = offset(words.frame + 3)
        frameLocals = offset(words.frame + 4)
        frameOwner = offset(words.frame + 5)
        frameStackTop = words.hasStackHeight ? frameInstruction + 8 : nil
        codeFile = offset(words.code + 1)
        codeName = offset(words.code + 2)
        codeQualname = offset(words.code + 3)
        codeLineTable = offset(words.code + 4)
        codeFirstLine = offset(words.code + 5)
        codeInstructions = offset(words.code + 9)
        objectType = offset(words.object + 1)
        bytesSize = offset(words.bytes + 1)
        bytesData = offset(words.bytes + 2)
        textState = offset(words.text + 1)
        textLength = offset(words.text + 2)
        textASCII = offset(words.text + 3)
    }
}
