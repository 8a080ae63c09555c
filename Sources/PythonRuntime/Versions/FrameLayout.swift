/// Where CPython keeps what a sampler reads: byte offsets into its structures, for one version.
struct FrameLayout: Sendable {
    // PyInterpreterState
    var interpreterThreads = 0
    // PyThreadState
    var threadNext = 0
    var threadNativeID = 0
    /// glibc's name for the thread, `pthread_t`: in PyThreadState, thread_id stands before native_thread_id.
    var threadIdentity: Int { threadNativeID - 8 }
    var threadStackChunk = 0
    var threadStackTop = 0
    /// The frame that runs, or the `_PyCFrame` that leads to it.
    var threadFrame = 0
    /// Where the thread's frames end; `nil` where they end with a null.
    var threadBaseFrame: Int?
    /// `nil` where there is no `_PyCFrame` between: from 3.13 on.
    var cframes: CFrames?
    // _PyInterpreterFrame
    var frameCode = 0
    var framePrevious = 0
    var frameInstruction = 0
    /// The height of the frame's stack, -1 while it is being executed; `nil` where that is not told.
    var frameStackTop: Int?
    /// Where the frame's stack ends while it has called C; `nil` where that is not put down.
    var frameStackPointer: Int?
    var frameOwner = 0
    var frameSize = 0
    // PyCodeObject
    var codeFirstLine = 0
    var codeFile = 0
    var codeName = 0
    var codeQualname = 0
    var codeLineTable = 0
    var codeInstructions = 0
    /// The code's version, which no other code object of the interpreter ever has, but for 0: versions run out. From 3.12 on.
    var codeVersion: Int?
    // PyVarObject and PyBytesObject
    var objectType = 8
    var objectCount = 16
    var bytesSize = 16
    var bytesData = 32
    // PyASCIIObject and PyCompactUnicodeObject
    var textLength = 16
    var textState = 32
    var textStateKind = (shift: 2, mask: UInt(0x7))
    var textStateCompact: UInt = 0x20
    var textStateASCII: UInt = 0x40
    var textASCII = 0
    var textCompact = 0

    /// How an entry from C is told where each has a `_PyCFrame` of its own.
    struct CFrames: Sendable {
        /// The last one, in PyThreadState.
        var threadRoot = 0
        var frame = 0
        var previous = 0
        /// Whether a frame is the first that C entered, in _PyInterpreterFrame; `nil` where such a frame is
        /// preceded by one that belongs to the C stack.
        var isEntry: Int?
    }

    /// The index of the first instruction that the interpreter lets anyone see stands before the instructions,
    /// in every version.
    var codeFirstTraceable: Int { codeInstructions - 16 }

    // In every version the first line stands between the height of the stack and the number of locals of all kinds,
    // and the flags follow the exception table.
    var codeStackSize: Int { codeFirstLine - 4 }
    var codeLocals: Int { codeFirstLine + 4 }
    var codeFlags: Int { 48 }
    var codeExceptions: Int { 40 }

    /// Where the instruction of a frame that has not begun is, behind the start of its code. Up to 3.12 a frame has
    /// the instruction that it ran last, and from 3.13 on the one that it runs.
    var notBegun: Int { cframes == nil ? 0 : -2 }

    /// The layout of the running interpreter, or `nil` where it is not known: never guessed.
    static func ofRunningInterpreter() -> FrameLayout? {
        switch PythonVersion.running?.frames {
        case .known(let layout)?: layout
        case .reported?: DebugOffsets.ofRunningInterpreter().map { FrameLayout($0) }
        case nil: nil
        }
    }
}

extension FrameLayout {
    private init(_ told: DebugOffsets) {
        interpreterThreads = told.interpreterThreads
        threadNext = told.threadNext
        threadNativeID = told.threadNativeID
        threadStackChunk = told.threadStackChunk
        // In PyThreadState, datastack_top follows datastack_chunk.
        threadStackTop = told.threadStackChunk + 8
        threadFrame = told.threadFrame
        threadBaseFrame = told.threadBaseFrame
        frameCode = told.frameExecutable
        framePrevious = told.framePrevious
        frameInstruction = told.frameInstruction
        frameStackTop = told.frameStackTop
        // Behind the instruction: its height up to 3.13, its end from 3.14 on.
        frameStackPointer = told.frameStackTop == nil ? told.frameInstruction + 8 : nil
        frameOwner = told.frameOwner
        frameSize = told.frameLocals
        codeFirstLine = told.codeFirstLine
        codeFile = told.codeFile
        codeName = told.codeName
        codeQualname = told.codeQualname
        codeLineTable = told.codeLineTable
        codeInstructions = told.codeInstructions
        // Two pointers stand between it and the file's name.
        codeVersion = told.codeFile - 20
        objectType = told.objectType
        objectCount = told.bytesSize
        bytesSize = told.bytesSize
        bytesData = told.bytesData
        textLength = told.textLength
        textState = told.textState
        textASCII = told.textASCII
        // PyCompactUnicodeObject adds a length and a pointer, of its UTF-8.
        textCompact = told.textASCII + 16
    }
}
