/// From Include/cpython/pystate.h and Include/internal/pycore_{frame,debug_offsets}.h of 3.15 on 64-bit machines; the same in
/// all its releases. Most of it the interpreter itself reports.
extension PythonVersion {
    static var python3_15: PythonVersion {
        PythonVersion(
            evaluation: EvaluationLayout(
                threadFrame: 72, threadRecursionRemaining: 52, threadRefusal: 52, frameCode: 0, frameOwner: 74),
            frames: .reported(
                DebugOffsetWords(
                    thread: 22, frame: 39, code: 47, object: 58, bytes: 86, text: 89, threadNumbers: 30,
                    threadBaseFrame: 27, debugger: 105)),
            interpreter: .reported(collector: 11, lock: 15, flag: 95))
    }
}
