import Capture

/// How each design is made: the part of the table (`Capture/Design.swift`) that only this side can have.
extension Session {
    /// One line a design.
    func begin(_ design: Design) throws(SessionError) {
        switch design {
        case .setprofile: try trace(SetProfileDesign(tracedThreads()))
        case .evalframe: try trace(EvalFrameDesign(tracedThreads()))
        case .monitoring: try trace(MonitoringDesign(tracedThreads()))
        case .lines: try trace(lines(tracedThreads()))
        case .signal: try sample(SignalDesign(sampledProgram()))
        case .gil: try sample(GILDesign(sampledProgram()))
        case .remote: try look()
        case .written(let design): try begin(design)
        }
    }

    private func lines(_ threads: TracedThreads) throws(SessionError) -> TracingDesign {
        let selection = FunctionSelection(settings.functions, threads.keptCode)
        if PythonVersion.running?.hasMonitoring == true { return try LineMonitoring(threads, selection) }
        return try LineTracing(threads, selection)
    }
}

/// What a session gives every sampling design: the program's threads, a way to walk them, and where to write.
struct SampledProgram {
    let list: ThreadList
    let walk: FrameWalk
    let log: LogWriter
    let clock: SessionSettings.Clock
}
