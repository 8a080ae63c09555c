/// From Include/cpython/pystate.h and Include/internal/pycore_{frame,debug_offsets}.h of 3.14 on 64-bit machines; the same in
/// all its releases. Most of it the interpreter itself reports.
extension PythonVersion {
    static var python3_14: PythonVersion {
        PythonVersion(
            evaluation: EvaluationLayout(
                threadFrame: 72, threadRecursionRemaining: 48, threadRefusal: 48, frameCode: 0, frameOwner: 74),
            frames: .reported(
                DebugOffsetWords(
                    thread: 22, frame: 31, code: 39, object: 50, bytes: 74, text: 77, threadNumbers: 27, debugger: 89)),
            interpreter: .reported(collector: 11, lock: 15, flag: 82))
    }
}
