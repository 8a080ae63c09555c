/// From Include/cpython/pystate.h and Include/internal/pycore_{frame,runtime}.h of 3.13 on 64-bit machines; the same in all
/// its releases. Most of it the interpreter itself reports.
extension PythonVersion {
    static var python3_13: PythonVersion {
        PythonVersion(
            evaluation: EvaluationLayout(
                threadFrame: 72, threadRecursionRemaining: 44, threadCRecursionRemaining: 52, threadRefusal: 52,
                frameCode: 0,
                frameOwner: 70),
            frames: .reported(
                DebugOffsetWords(
                    thread: 19, frame: 28, code: 34, object: 44, bytes: 64, text: 67, threadNumbers: 24,
                    hasStackHeight: true)),
            interpreter: .reported(collector: 10, lock: 14, flag: 72),
            calls: CallShape(withTuple: 3, tellsDictionary: true),
            entersInitPastHooks: true)
    }
}
