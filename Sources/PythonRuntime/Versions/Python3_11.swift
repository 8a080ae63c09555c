/// From Include/cpython/{pystate,code,unicodeobject}.h and Include/internal/pycore_{frame,interp,ceval}.h of 3.11 on 64-bit
/// machines; the same in all its releases.
extension PythonVersion {
    static var python3_11: PythonVersion {
        PythonVersion(
            evaluation: EvaluationLayout(
                threadFrame: 56, threadRecursionRemaining: 32, cframeFrame: 8, frameCode: 32, frameOwner: 69),
            frames: .known(
                FrameLayout(
                    interpreterThreads: 16,
                    threadNext: 8, threadNativeID: 160, threadStackChunk: 296, threadStackTop: 304, threadFrame: 56,
                    cframes: FrameLayout.CFrames(threadRoot: 336, frame: 8, previous: 16, isEntry: 68),
                    frameCode: 32, framePrevious: 48, frameInstruction: 56, frameStackTop: 64, frameOwner: 69,
                    frameSize: 72,
                    codeFirstLine: 72, codeFile: 112, codeName: 120, codeQualname: 128, codeLineTable: 136,
                    codeInstructions: 184,
                    textASCII: 48, textCompact: 72)),
            interpreters: 40, pending: .interpreter(note: 100, limit: 96),
            interpreter: .known(collecting: 848, lock: 360, isInRuntime: true),
            calls: CallShape(
                hasMethodFirst: true, hasPrecall: true, heightOfGenerators: 1, withTuple: 2, tellsDictionary: true),
            hasMonitoring: false, warnsOfThreadsAtForks: false, asksModulesForInterpreters: false)
    }
}
