import CPython
import Capture

/// What differs between the versions of CPython, for all that works inside it. What is not said of a version is as in the
/// newest.
public struct PythonVersion {
    /// What a tracer reads of a frame's evaluation.
    var evaluation: EvaluationLayout
    /// What a sampler reads of frames.
    var frames: Frames
    /// Where `_PyRuntime` has the list of interpreters; of use only where the interpreter itself does not say it.
    var interpreters = 0
    /// Where the interpreter notes that a signal has come.
    var pending = PendingSignals.Place.thread
    /// Where the interpreter has its lock and its collector; `nil` where that is not known.
    var interpreter: InterpreterState.Place?
    /// Where a call has what it calls.
    var calls = CallShape()
    /// Whether it has `sys.monitoring` (PEP 669).
    var hasMonitoring = true
    /// Whether it warns where a process that forks has several threads.
    var warnsOfThreadsAtForks = true
    /// Whether modules say if they can be imported by several interpreters.
    public var asksModulesForInterpreters = true
    /// Whether an instruction (CALL_ALLOC_AND_ENTER_INIT) enters frames without asking for an evaluation hook.
    var entersInitPastHooks = false

    enum Frames {
        /// As its headers say.
        case known(FrameLayout)
        /// As the interpreter itself reports in these words of its memory.
        case reported(DebugOffsetWords)
    }

    /// Of the running interpreter, such as `3.11.2`.
    static var text: String { "\(Py_Version >> 24).\(Py_Version >> 16 & 0xff).\(Py_Version >> 8 & 0xff)" }

    /// The running interpreter's; `nil` where it is none of those that are supported: never guessed.
    public static var running: PythonVersion? { SupportedPython.running.map(of) }

    @inline(never)
    private static func of(_ python: SupportedPython) -> PythonVersion {
        switch python {
        case .python3_11: python3_11
        case .python3_12: python3_12
        case .python3_13: python3_13
        case .python3_14: python3_14
        case .python3_15: python3_15
        }
    }
}

extension SupportedPython {
    /// `nil` where the running interpreter is none of them.
    static var running: SupportedPython? {
        Py_Version >> 24 == 3 ? SupportedPython(rawValue: Int(Py_Version >> 16 & 0xff)) : nil
    }
}
