import CPython
import Capture

/// The design `lines` from 3.12 on: every line is told by `sys.monitoring` (PEP 669).
///
/// Where only some functions are wanted, the others are told of once and never again.
final class LineMonitoring: MonitoringTracing {
    let selection: FunctionSelection
    /// What a callback returns where nothing more is wanted.
    fileprivate var disabled: Object?
    /// The code objects whose lines are told, where not all are.
    private var told: Set<UInt> = []

    /// What the callbacks work for, once there has been a session. Used with the GIL only.
    nonisolated(unsafe) fileprivate static var inSession: LineMonitoring?

    init(_ all: TracedThreads, _ selection: FunctionSelection) throws(SessionError) {
        self.selection = selection
        try super.init(all)
        all.keptCode.onForgetting { [unowned(unsafe) self] in told.subtract($0) }
    }

    /// PEP 669 has no others for one code object alone.
    private static let local = ["PY_RESUME", "PY_RETURN", "PY_YIELD", "LINE"]
    private static let everywhere = ["PY_START", "PY_THROW", "PY_UNWIND"]

    override var events: [String] { Self.everywhere + Self.local }
    override var tellsLines: Bool { true }
    override func traces(_ code: UInt) -> Bool { selection.holds(code) }

    override func register() -> Bool {
        Self.inSession = self
        disabled = tool.disabling()
        let isRegistered = [
            tool.register(onStart, for: ["PY_START"]), tool.register(onResumption, for: ["PY_RESUME", "PY_THROW"]),
            tool.register(onLeavingLines, for: MonitoringDesign.leaving), tool.register(onLine, for: ["LINE"]),
        ]
        tool.set(selection.isEverything ? events : Self.everywhere)
        return !isRegistered.contains(false)
    }

    /// Until 3.13 a code object goes on telling of what it was asked for alone, when the tool is given back, too.
    override func release() {
        for code in told { tool.set([], of: Object(bitPattern: code)) }
        told = []
        super.release()
    }

    /// Whether a function that starts is wanted; its lines are told from now on.
    fileprivate func wants(_ code: Object) -> Bool {
        if selection.isEverything { return true }
        guard selection.holds(UInt(bitPattern: code)) else { return false }
        if told.insert(UInt(bitPattern: code)).inserted { tool.set(Self.local, of: code) }
        return true
    }
}

/// PY_START: (code, offset).
private func onStart(_: Object?, _ arguments: UnsafePointer<Object?>?, _: Int) -> Object? {
    guard let thread = monitoredThread(), let code = arguments.unsafelyUnwrapped[0] else {
        return swprof_immortal_none()
    }
    if let design = LineMonitoring.inSession, !design.wants(code) {
        Py_IncRef(design.disabled)
        return design.disabled
    }
    enterMonitored(thread, UInt(bitPattern: code))
    return swprof_immortal_none()
}

/// PY_RESUME and PY_THROW: (code, offset, …).
private func onResumption(_: Object?, _ arguments: UnsafePointer<Object?>?, _: Int) -> Object? {
    guard let thread = monitoredThread() else { return swprof_immortal_none() }
    let key = UInt(bitPattern: arguments.unsafelyUnwrapped[0])
    guard LineMonitoring.inSession?.selection.holds(key) == true else { return swprof_immortal_none() }
    enterMonitored(thread, key)
    thread.pointee.tree.goOnWhereLeft()
    return swprof_immortal_none()
}

/// PY_RETURN, PY_YIELD and PY_UNWIND: (code, offset, …).
private func onLeavingLines(_: Object?, _ arguments: UnsafePointer<Object?>?, _: Int) -> Object? {
    guard let thread = monitoredThread() else { return swprof_immortal_none() }
    guard thread.pointee.tree.function.pointee.key == UInt(bitPattern: arguments.unsafelyUnwrapped[0]) else {
        return swprof_immortal_none()
    }
    thread.pointee.tree.leaveFunction(now: thread.pointee.source.read())
    return swprof_immortal_none()
}

/// LINE: (code, line).
private func onLine(_: Object?, _ arguments: UnsafePointer<Object?>?, _: Int) -> Object? {
    guard let thread = monitoredThread() else { return swprof_immortal_none() }
    let now = thread.pointee.source.read()
    let arguments = arguments.unsafelyUnwrapped
    guard thread.pointee.tree.function.pointee.key == UInt(bitPattern: arguments[0]) else {
        return swprof_immortal_none()
    }
    let line = PyLong_AsLong(arguments[1])
    let hint = CallNode.key(ofLine: line)
    if !thread.pointee.tree.goOnKnown(hint, now: now) { goOn(thread, toLine: line, hint, now) }
    return swprof_immortal_none()
}

/// Goes on to a line that did not follow the last time.
@inline(never)
func goOn(_ thread: TracedThreads.Reference, toLine line: Int, _ hint: UInt, _ now: UInt64) {
    thread.pointee.tree.goOn(toLine: line, hint: hint, now: now) { node, function in
        thread.pointee.all.tell(ofLine: node, below: function, in: thread)
    }
}
