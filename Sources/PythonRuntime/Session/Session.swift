import CMachine
import CPython
import Capture
import Glibc

/// One profiling session in this process: a design at work on a log. Used with the GIL only.
public final class Session {
    // Python code is serialised by the GIL, and so is every use of this.
    nonisolated(unsafe) private(set) static var current: Session?

    let settings: SessionSettings
    let log: LogWriter
    /// Of a tracing design.
    private var threads: TracedThreads?
    private var tracing: TracingDesign?
    private var sampler: BackgroundThread?
    /// A sampler that is written in Python.
    private var written: WrittenSampling?
    private var hasToldOfSubinterpreters = false
    private var hasToldName = false

    /// Starts profiling now.
    public static func start(_ settings: SessionSettings) throws(SessionError) {
        endForsaken()
        guard current == nil else { throw SessionError("profiling is already going on in this process; stop it first") }
        if let keeper = settings.keptBy, !keeper.isThere {
            throw SessionError("whoever wanted to profile this process has ended")
        }
        let session = try Session(settings)
        current = session
        ForkGuard.install()
        // Those of another process are found from outside.
        if settings.followsChildren, settings.process == nil {
            ForkFollowing.begin()
            ProcessEnd.begin()
            ExecFollowing.begin()
        }
        do {
            try session.begin()
        } catch {
            stop()
            throw error
        }
    }

    /// Ends profiling and closes the log; false where none goes on, as in a forked child.
    @discardableResult
    public static func stop() -> Bool {
        guard let session = current else { return false }
        current = nil
        session.end()
        return true
    }

    /// Tells once that there are subinterpreters, whose functions no design sees.
    public static func noteSubinterpreter() {
        guard let current, !current.hasToldOfSubinterpreters else { return }
        current.hasToldOfSubinterpreters = true
        current.log.append(
            .note(
                code: "subinterpreters",
                text:
                    "the program runs subinterpreters; their functions are not profiled, and their time is that of who runs them"
            ))
    }

    /// In a forked child: stops without a word to the log, before any Python runs. Our threads are not there, so
    /// nobody may wait for them; what a hook that is still open holds is kept.
    static func abandon() {
        parent = current
        guard let session = current else { return }
        session.log.abandon()
        session.tracing?.abandon()
        session.threads?.abandon()
        TickSignal.uninstallAll()
        ForkPause.end()
        abandoned.append(session)
        current = nil
    }

    nonisolated(unsafe) private static var abandoned: [Session] = []
    /// Of a forked child: what its parent was profiled by as it forked.
    nonisolated(unsafe) private static var parent: Session?
    private let process = getpid()

    /// Starts to profile a forked child by what its parent was profiled by, with a log of its own. Where there can be none it is
    /// not followed, and its parent's log tells of it.
    static func goOnInChild() {
        guard current == nil, !ExecFollowing.isForkingToExec, let parent, parent.process != getpid(),
            parent.settings.followsChildren, var settings = parent.settings.ofChild(of: parent.process)
        else { return }
        settings.beginning = ProcessIdentity.ofFork
        parent.tracing?.leaveForkedChild()
        do { try start(settings) } catch { return }
    }

    init(_ settings: SessionSettings) throws(SessionError) {
        self.settings = settings
        guard !settings.log.isEmpty else { throw SessionError("no capture log was named") }
        guard let log = LogWriter(path: settings.log, isOneOfMany: settings.parent != nil) else {
            let number = machine_errno()
            let remedy = WritingRemedy.text(for: number, usual: "give a folder that can be written")
            throw SessionError(
                "cannot write the capture log \(settings.log): \(String(cString: strerror(number))); \(remedy)")
        }
        self.log = log
    }

    private func begin() throws(SessionError) {
        if settings.keptBy != nil { try ExitStop.begin() }
        switch settings.work {
        case .design(let design):
            try check(design)
            try begin(design)
        case .floor(let floor): try begin(floor)
        }
        ForkPause.begin([sampler, threads?.writer].compactMap { $0 })
    }

    private func check(_ design: Design) throws(SessionError) {
        let facts = design.facts
        guard (SupportedPython.running ?? .newest).minor >= facts.oldestPython.minor else {
            throw SessionError(
                "\(design.rawValue) needs Python \(facts.oldestPython.text) or later, and this is Python \(PythonVersion.text); use the design evalframe or setprofile"
            )
        }
        guard facts.has(settings.clock) else {
            throw SessionError(
                "\(design.rawValue) has no clock \(settings.clock.rawValue); use another clock or another design")
        }
    }

    private func end() {
        lookForName()
        ForkPause.end()
        if case .floor(let floor) = settings.work { end(floor) }
        tellOfGreenlets()
        tracing?.end()
        threads?.end()
        if let written {
            written.end()
            AsyncioDiscovery.end()
        } else if let sampler {
            let saved = PyEval_SaveThread()
            sampler.stopAndWait()
            PyEval_RestoreThread(saved)
            TickSignal.takeStackBack()
            AsyncioDiscovery.end()
        }
        log.close()
        guard let keeper = settings.keptBy else { return }
        ExitStop.end()
        keeper.tellThatNothingIsLeft()
    }

    /// Tells of stacks that the design cannot tell apart. Samplers read the stack that there is.
    private func tellOfGreenlets() {
        guard let tracing, !tracing.tellsStacksApart, PyDict_GetItemString(PyImport_GetModuleDict(), "greenlet") != nil
        else { return }
        let text =
            "the program uses greenlets, which \(settings.work.name) cannot tell apart: times of functions that were switched away from are mixed up; the designs signal and setprofile keep them apart"
        log.append(.note(code: "greenlets", text: text))
    }

    /// - Parameter stop: raised where nobody keeps the session any more.
    func processWatch(until stop: StopSignal? = nil) -> ProcessWatch {
        let keeper = settings.keptBy
        var names = settings.parent == nil || settings.beginning.name != nil ? 0 : Self.mostLooksForName
        return ProcessWatch(log: log, forks: { ForkGuard.forks }) {
            if keeper?.isThere == false { stop?.raise() }
            guard names > 0 else { return }
            names -= 1
            // Only the main thread may ask the interpreter, and it does when it comes to it.
            Py_AddPendingCall(onPendingName, nil)
        }
    }

    /// As long as multiprocessing takes to start, at a look every 50 ms.
    private static let mostLooksForName = 40

    /// What a tracing design is made of.
    func tracedThreads() -> TracedThreads {
        writeFacts(.tracing, start: KernelClock.now())
        let threads = TracedThreads(
            log: log, clock: settings.clock, events: settings.events, watch: processWatch())
        self.threads = threads
        threads.begin()
        return threads
    }

    func trace(_ design: TracingDesign) throws(SessionError) {
        tracing = design
        try design.begin()
    }

    /// Whether a hook that is still called works for the session that is going on.
    static func isTracing(with design: TracingDesign) -> Bool { current?.tracing === design }

    /// What a sampling design is made of.
    func sampledProgram() throws(SessionError) -> SampledProgram {
        try Self.learn(settings)
        guard var walk = Self.walk, let interpreter = PyInterpreterState_Get() else {
            throw SessionError("the interpreter's state cannot be read")
        }
        // A forked child knows the walk from its parent, whose memory is another.
        walk.memory = GuardedMemory()
        let list = ThreadList(layout: walk.layout, memory: walk.memory, interpreter: UInt(bitPattern: interpreter))
        AsyncioDiscovery.begin()
        return SampledProgram(list: list, walk: walk, log: log, clock: settings.clock)
    }

    /// The interpreter of the process that is looked at.
    func target() throws(SessionError) -> TargetInterpreter { try Self.target(settings) }

    /// The interpreter of another process, which runs the same build of Python as this one.
    static func target(_ settings: SessionSettings) throws(SessionError) -> TargetInterpreter {
        guard let process = settings.process, process != getpid() else {
            throw SessionError("the design remote looks at another process: use swprof attach PID")
        }
        try learn(settings)
        guard let walk else { throw SessionError("the interpreter's state cannot be read") }
        return try TargetInterpreter(of: process, like: walk)
    }

    /// Learns how to walk the interpreter's frames, and checks it on those of the calling thread; once, where there are any.
    static func learn(_ settings: SessionSettings) throws(SessionError) {
        guard settings.work.isSampling, walk == nil else { return }
        guard let known = FrameWalk.ofRunningInterpreter() else {
            throw SessionError(
                "the frame layout of Python \(PythonVersion.text) is not known to samplers; use the design setprofile, or a Python from \(SupportedPython.span)"
            )
        }
        guard LayoutCheck.holds(known) else {
            throw SessionError(
                "this Python \(PythonVersion.text) lays its frames out unlike the released one; use the design setprofile"
            )
        }
        walk = known
    }

    nonisolated(unsafe) private static var walk: FrameWalk?

    /// Returns when the clock thread is there: on a busy machine that takes longer than an interval, and the program's
    /// first ticks would be lost.
    func sample<Made: SamplingDesign>(_ design: Made) throws(SessionError) {
        let stop = StopSignal()
        try sample(design, until: stop, processWatch(until: stop), cpuClock: KernelClock.cpu(ofThread:))
    }

    /// - Parameter cpuClock: CPU time of a thread that is sampled.
    func sample<Made: SamplingDesign>(
        _ design: Made, until stop: StopSignal, _ watch: ProcessWatch, cpuClock: @escaping (Int32) -> Int64?
    ) throws(SessionError) {
        let schedule = TickSchedule(settings.schedule, rate: settings.rate, seed: settings.seed)
        let clock = PreciseClock(
            interval: schedule.interval, neverSpins: Made.sharesProcessor, until: stop)
        let gate = StartGate()
        let keeper = settings.keptBy
        var sampler = Sampler(design, log: log, clock: clock, watch: watch, cpuClock: cpuClock)
        self.sampler = BackgroundThread(until: stop) {
            if clock.sleeps, Made.takesPriority { ClockPriority.take() }
            Made.arrive()
            defer { Made.depart() }
            sampler.run(
                schedule, from: gate.awaitStart(), isStopped: { stop.isRaised },
                finalEnd: { stop.isFinal ? stop.raisedAt : nil })
            if keeper?.isThere == false { SessionKeeper.tellOfEnd() }
        }
        if self.sampler == nil { throw SessionError("the system has no thread left for the sampler") }
        let saved = PyEval_SaveThread()
        gate.awaitArrival()
        PyEval_RestoreThread(saved)
        let start = KernelClock.now()
        writeFacts(.sampling, start: start)
        gate.open(at: start)
    }

    /// Ends with the session, and is not there while the program forks.
    func follow(_ sampling: WrittenSampling) { (written, sampler) = (sampling, sampling.thread) }

    func writeFacts(_ kind: DesignFacts.Kind, start: Int64) {
        tell("clock", settings.clock.rawValue)
        tell("design", settings.work.name)
        tell("kind", kind.rawValue)
        tell("process", String(settings.process ?? getpid()))
        tell("python", PythonVersion.text)
        if kind == .sampling {
            tell("instants", settings.work.instantsAreOwn ? "own" : "program")
            tell("rate", String(settings.rate))
            tell("schedule", settings.schedule.rawValue)
            tell("seed", String(settings.seed))
        }
        tell("start", String(start))
        if settings.followsChildren { tellOfProcess() }
        let ofBlock = [
            ("program", settings.program), ("beneath", settings.beneath), ("package", settings.package),
            ("others", settings.others),
        ]
        for (key, value) in ofBlock where !value.isEmpty { tell(key, value) }
    }

    private func tellOfProcess() {
        tell("children", "follow")
        if let parent = settings.parent { tell("parent", String(parent)) }
        if let name = settings.beginning.name { tell("name", name) }
        if let words = words { tell("words", words) }
    }

    private var words: String? {
        if settings.process != nil { return settings.beginning.words }
        return settings.beginning.isForked ? nil : ProcessIdentity.words
    }

    /// A process hears its name from multiprocessing only when it runs.
    fileprivate func lookForName() {
        guard settings.parent != nil, settings.beginning.name == nil, !hasToldName,
            let name = ProcessIdentity.nameInMultiprocessing, name != settings.beginning.parentsName
        else { return }
        hasToldName = true
        tell("name", name)
    }

    private func tell(_ key: String, _ value: String) { log.append(.fact(key: key, value: value)) }
}

private func onPendingName(_: UnsafeMutableRawPointer?) -> Int32 {
    Session.current?.lookForName()
    return 0
}
