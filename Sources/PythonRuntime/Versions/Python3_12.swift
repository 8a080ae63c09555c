/// From Include/cpython/{pystate,code,unicodeobject}.h and Include/internal/pycore_{frame,interp,ceval}.h of 3.12 on 64-bit
/// machines; the same in all its releases.
extension PythonVersion {
    static var python3_12: PythonVersion {
        PythonVersion(
            evaluation: EvaluationLayout(
                threadFrame: 56, threadRecursionRemaining: 28, threadCRecursionRemaining: 36, threadRefusal: 36,
                cframeFrame: 0,
                frameCode: 0, frameOwner: 70),
            frames: .known(
                FrameLayout(
                    interpreterThreads: 72,
                    threadNext: 8, threadNativeID: 144, threadStackChunk: 232, threadStackTop: 240, threadFrame: 56,
                    cframes: FrameLayout.CFrames(threadRoot: 272, frame: 0, previous: 8, isEntry: nil),
                    frameCode: 0, framePrevious: 8, frameInstruction: 56, frameStackTop: 64, frameOwner: 70,
                    frameSize: 72,
                    codeFirstLine: 68, codeFile: 112, codeName: 120, codeQualname: 128, codeLineTable: 136,
                    codeInstructions: 192, codeVersion: 92,
                    textASCII: 40, textCompact: 56)),
            interpreters: 40, pending: .interpreter(note: 368, limit: 376),
            interpreter: .known(collecting: 312, lock: 384, isInRuntime: false),
            calls: CallShape(hasMethodFirst: true, heightOfGenerators: 1, withTuple: 2, tellsDictionary: true))
    }
}
