import CPython
import Capture
import Glibc

/// A thread as the callbacks need it, behind one pointer (`OwnThread`).
struct MonitoredThread {
    let thread: TracedThreads.Reference
}

/// What designs on `sys.monitoring` (PEP 669) share: their place among the tools, and the threads that come by.
class MonitoringTracing: TracingDesign {
    let tool: MonitoringTool
    private let interpreter = PyInterpreterState_Get()
    /// Threads that were there when tracing began and have not come by yet, by their states' numbers.
    private var waiting: [UInt64: UnsafeMutablePointer<MonitoredThread>] = [:]

    /// What the callbacks work for, once there has been a session. Used with the GIL only.
    nonisolated(unsafe) private(set) static var current: MonitoringTracing?

    init(_ all: TracedThreads) throws(SessionError) {
        tool = try MonitoringTool.take()
        super.init(following: all)
    }

    /// Registers the callbacks, and has the interpreter call them; whether no audit hook refused it.
    func register() -> Bool { true }

    /// Those that `register` asks for.
    var events: [String] { [] }

    /// Whether a code object's calls are of interest.
    func traces(_ code: UInt) -> Bool { true }

    /// Whether the lines that open calls are at are told, too.
    var tellsLines: Bool { false }

    override func begin() throws(SessionError) {
        Self.current = self
        forEachThreadState(of: interpreter) { state in
            let thread = make(for: state)
            all.resumeOpenCalls(
                of: thread.pointee.thread, from: PyThreadState_GetFrame(state), withLines: tellsLines, isTraced: traces)
            waiting[PyThreadState_GetID(state)] = thread
        }
        if !register() {
            all.log.append(
                .note(
                    code: "hook-refused",
                    text:
                        "an audit hook of the program refused the profiler's callbacks: what they would have seen is not counted"
                ))
        }
    }

    override func end() { release() }

    /// Leaves the interpreter as it was before `register`.
    func release() { tool.release(from: events) }

    private func make(for state: OpaquePointer?) -> UnsafeMutablePointer<MonitoredThread> {
        let thread = UnsafeMutablePointer<MonitoredThread>.allocate(capacity: 1)
        thread.initialize(to: MonitoredThread(thread: all.make(for: state)))
        return thread
    }

    /// The calling thread, which comes by for the first time; `nil` where no session goes on any more.
    fileprivate static func meet() -> UnsafeMutablePointer<MonitoredThread>? {
        guard let current else { return nil }
        guard Session.isTracing(with: current) else {
            current.leaveForkedChild()
            return nil
        }
        let state = PyThreadState_Get()
        let thread = current.waiting.removeValue(forKey: PyThreadState_GetID(state)) ?? current.make(for: state)
        thread.pointee.thread.pointee.id = gettid()
        return thread
    }

    /// Events come after the end of a session only where a forked child goes on with them.
    override func leaveForkedChild() {
        Self.current = nil
        release()
    }
}

/// The thread that a callback is called on; `nil` where nothing is traced any more.
///
/// The thread's own pointer is read and set where this is inlined: each object file has one (`machine_own_pointer`), so all
/// callbacks of a design stand in one file.
@inline(__always)
func monitoredThread() -> TracedThreads.Reference? {
    if let own = OwnThread.open { return own.assumingMemoryBound(to: MonitoredThread.self).pointee.thread }
    guard let met = MonitoringTracing.meet() else { return nil }
    OwnThread.set(UnsafeMutableRawPointer(met))
    return met.pointee.thread
}
