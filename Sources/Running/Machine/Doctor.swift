import Glibc

/// Looks at what a machine allows a profiler.
public enum Doctor {
    public struct Finding: Sendable, Equatable {
        public var topic: String
        public var isGood: Bool
        public var detail: String

        /// One line for the terminal.
        public var text: String {
            let name = topic + String(repeating: " ", count: max(1, 16 - topic.count))
            return "\(isGood ? "ok  " : "look") \(name)\(detail)"
        }
    }

    public static func examine() async -> [Finding] {
        [clock(), timerFloor(), processors(), priority(), attaching(), installation()] + MachineDoctor.examine()
            + (await interpreters()) + (await designs())
    }

    private static func clock() -> Finding {
        let source =
            EnvironmentAudit.line(of: "/sys/devices/system/clocksource/clocksource0/current_clocksource") ?? "unknown"
        let detail =
            source == "tsc"
            ? "the cycle counter is steady; tracers time by it"
            : "the clock source is \(source), so tracers time by the kernel's slower clock"
        return Finding(topic: "clock", isGood: source == "tsc", detail: detail)
    }

    /// How much later than asked a sleep ends: shorter gaps need a spinning clock thread.
    private static func timerFloor() -> Finding {
        let overshoots = (0..<200).map { _ in overshoot() }.sorted()
        let (median, worst) = (overshoots[100], overshoots[190])
        let detail = "a sleep ends \(median / 1000) µs late (median; 1 in 20 is \(worst / 1000) µs or more)"
        return Finding(topic: "timer floor", isGood: median < 200_000, detail: detail)
    }

    private static func overshoot() -> Int {
        let due = ContinuousClock.now + .milliseconds(1)
        usleep(1000)
        return max(0, Int((ContinuousClock.now - due).inSeconds * 1e9))
    }

    /// Whether each design works here: profiles a second's hundredth of work with it.
    private static func designs() async -> [Finding] {
        var findings: [Finding] = []
        for design in Design.allCases { findings.append(await tryOut(design)) }
        return findings
    }

    private static func tryOut(_ design: Design) async -> Finding {
        var settings = ProfilingSettings()
        settings.design = design
        do {
            let runner = try ProgramRunner(Program(.code("sum(range(10**6))")), interpreter: Interpreter(nil))
            let outcome = try await runner.profile(settings, output: .hashed)
            let works = outcome.process.status == 0 && outcome.profile?.samples.isEmpty == false
            return Finding(
                topic: design.rawValue, isGood: works,
                detail: works ? "works with the python3 on the PATH" : "captured nothing of a small program")
        } catch {
            return Finding(topic: design.rawValue, isGood: false, detail: error.line)
        }
    }

    private static func processors() -> Finding {
        let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let detail =
            count > 1
            ? "\(count): the clock thread has one beside the program's"
            : "1: the clock thread takes its time from the program"
        return Finding(topic: "processors", isGood: count > 1, detail: detail)
    }

    /// Without it the clock thread waits where it shares a processor with the program.
    private static func priority() -> Finding {
        var priority = sched_param()
        priority.sched_priority = 1
        let isAllowed = sched_setscheduler(0, SCHED_RR, &priority) == 0
        priority.sched_priority = 0
        sched_setscheduler(0, SCHED_OTHER, &priority)
        let detail =
            isAllowed
            ? "the clock thread may go before the program, so it is seldom late"
            : "the clock thread may not go before the program, and loses ticks while several of its threads are busy; allow it by RLIMIT_RTPRIO (ulimit -r 1) or CAP_SYS_NICE"
        return Finding(topic: "priority", isGood: isAllowed, detail: detail)
    }

    /// Whether `attach` and `dump` may look at anything.
    private static func attaching() -> Finding {
        let isAllowed = LookPermission.isGiven
        let whose = LookPermission.isCapable ? "any process" : "your own processes"
        let scope = LookPermission.scope ?? "not there"
        let detail =
            isAllowed
            ? "attach and dump may look into \(whose)"
            : "attach and dump may look into no process that runs already (kernel.yama.ptrace_scope is \(scope)); run swprof as root, or set ptrace_scope to 0"
        return Finding(topic: "attaching", isGood: isAllowed, detail: detail)
    }

    private static func installation() -> Finding {
        do {
            return Finding(topic: "extension", isGood: true, detail: try Installation.extensionPath())
        } catch {
            return Finding(topic: "extension", isGood: false, detail: error.line)
        }
    }

    private static func interpreters() async -> [Finding] {
        var findings: [Finding] = []
        for name in ["python3"] + SupportedPython.allCases.map({ "python\($0.text)" }) {
            guard let path = Interpreter.find(name), let described = await describe(path) else { continue }
            let isSupported =
                SupportedPython.allCases.contains { described.hasPrefix("cpython \($0.text).") }
                && !described.hasSuffix("free-threaded")
            findings.append(
                Finding(
                    topic: name, isGood: isSupported,
                    detail: "\(described)\(isSupported ? "" : ", not supported by this build")  \(path)"))
        }
        return findings.isEmpty
            ? [
                Finding(
                    topic: "python3", isGood: false,
                    detail: "there is no python3 on the PATH; install CPython \(SupportedPython.span)")
            ] : findings
    }

    private static func describe(_ path: String) async -> String? {
        guard let facts = try? await Interpreter(path).facts() else { return nil }
        return "\(facts.implementation) \(facts.python)" + (facts.isFreeThreaded ? " free-threaded" : "")
    }
}
