import CPython
import Capture
import Glibc

/// The design `monitoring`: the interpreter calls back at every call and return, as `sys.monitoring` (PEP 669) has it.
final class MonitoringDesign: TracingDesign {
    private let tool: MonitoringTool
    private let interpreter = PyInterpreterState_Get()
    /// Threads that were there when tracing began and have not come by yet, by their states' numbers.
    private var waiting: [UInt64: UnsafeMutablePointer<MonitoredThread>] = [:]

    /// What the callbacks work for, once there has been a session. Used with the GIL only.
    nonisolated(unsafe) private static var current: MonitoringDesign?

    private static let entering = ["PY_START", "PY_RESUME", "PY_THROW"]
    private static let leaving = ["PY_RETURN", "PY_YIELD", "PY_UNWIND"]
    private static let leavingC = ["C_RETURN", "C_RAISE"]
    static let events = entering + leaving + leavingC + ["CALL"]

    init(_ all: TracedThreads) throws(SessionError) {
        tool = try MonitoringTool.take()
        super.init(following: all)
    }

    override func begin(_ firstFrame: OpaquePointer?) throws(SessionError) {
        Self.current = self
        forEachThreadState(of: interpreter) { state in
            let thread = make()
            all.resumeOpenCalls(of: thread.pointee.thread, from: PyThreadState_GetFrame(state), entering: firstFrame)
            waiting[PyThreadState_GetID(state)] = thread
        }
        tool.register(onEntry, for: Self.entering)
        tool.register(onLeaving, for: Self.leaving)
        tool.register(onCall, for: ["CALL"])
        tool.register(onLeavingC, for: Self.leavingC)
        tool.set(Self.events)
    }

    override func end() { tool.release(from: Self.events) }

    private func make() -> UnsafeMutablePointer<MonitoredThread> {
        let thread = UnsafeMutablePointer<MonitoredThread>.allocate(capacity: 1)
        thread.initialize(to: MonitoredThread(thread: all.make()))
        return thread
    }

    /// The calling thread, which comes by for the first time; `nil` where no session goes on any more.
    static func meet() -> TracedThreads.Reference? {
        guard let current else { return nil }
        guard Session.isTracing(with: current) else {
            current.leaveForkedChild()
            return nil
        }
        let thread = current.waiting.removeValue(forKey: PyThreadState_GetID(PyThreadState_Get())) ?? current.make()
        thread.pointee.thread.pointee.id = gettid()
        OwnThread.set(UnsafeMutableRawPointer(thread))
        return thread.pointee.thread
    }

    /// Events come after the end of a session only where a forked child goes on with them.
    private func leaveForkedChild() {
        Self.current = nil
        tool.release(from: Self.events)
    }
}

/// Callbacks that do nothing: the floor under every tracer on `sys.monitoring`. For benchmarks.
enum EmptyMonitoring {
    nonisolated(unsafe) private static var tool: MonitoringTool?

    static func begin() throws(SessionError) {
        tool = try MonitoringTool.take()
        tool?.register(onNothing, for: MonitoringDesign.events)
        tool?.set(MonitoringDesign.events)
    }

    static func end() { tool?.release(from: MonitoringDesign.events) }
}

private func onNothing(_: Object?, _: UnsafePointer<Object?>?, _: Int) -> Object? { swprof_immortal_none() }
