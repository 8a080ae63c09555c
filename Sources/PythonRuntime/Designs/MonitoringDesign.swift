import CPython

/// The design `monitoring`: the interpreter calls back at every call and return, as `sys.monitoring` (PEP 669) has it.
///
/// It tells of a return before it frees the function's locals, so that time is the caller's.
final class MonitoringDesign: MonitoringTracing {
    static let entering = ["PY_START", "PY_RESUME", "PY_THROW"]
    static let leaving = ["PY_RETURN", "PY_YIELD", "PY_UNWIND"]
    private static let leavingC = ["C_RETURN", "C_RAISE"]
    static let all = entering + leaving + leavingC + ["CALL"]

    override var events: [String] { Self.all }

    override func begin() throws(SessionError) {
        settingProfile = PySys_GetObject("setprofile").map { CFunctions.definition(of: $0) } ?? 0
        try super.begin()
    }

    override func register() -> Bool {
        let isRegistered = [
            tool.register(onEntry, for: Self.entering), tool.register(onLeaving, for: Self.leaving),
            tool.register(onCall, for: ["CALL"]), tool.register(onLeavingC, for: Self.leavingC),
        ]
        tool.set(events)
        return !isRegistered.contains(false)
    }
}

/// Callbacks that do nothing: the floor under every tracer on `sys.monitoring`. For benchmarks.
enum EmptyMonitoring {
    nonisolated(unsafe) private static var tool: MonitoringTool?

    static func begin() throws(SessionError) {
        tool = try MonitoringTool.take()
        tool?.register(onNothing, for: MonitoringDesign.all)
        tool?.set(MonitoringDesign.all)
    }

    static func end() { tool?.release(from: MonitoringDesign.all) }
}
