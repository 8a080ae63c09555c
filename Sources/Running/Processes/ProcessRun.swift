import Dispatch
import Glibc
import Synchronization

/// How one process ended, and how long it took.
public struct ProcessOutcome: Sendable, Equatable {
    /// The exit status; 128 + S for a process that was killed by signal S.
    public var status: Int
    /// The signal that killed it.
    public var signal: Int32?
    /// Wall time from before it was started until after it ended.
    public var seconds: Double
    /// When it was started and when it was gone, in nanoseconds on the monotonic clock.
    public var began: Int64 = 0
    public var ended: Int64 = 0
    /// CPU time of it and of its children that it waited for.
    public var cpuSeconds = 0.0
    /// FNV-1a of what it wrote to its standard output, where that was not passed on.
    public var outputHash: UInt64?
    /// The last of what it wrote there, where that was asked for; bytes that are not UTF-8 replaced.
    public var outputEnd: String?
    /// The last of what it wrote to its standard error, where it was run under limits.
    public var errorEnd: String?
    /// Whether it was killed because its time was over.
    public var isOverTime = false

    public init(status: Int, seconds: Double, outputHash: UInt64? = nil, outputEnd: String? = nil) {
        (self.status, self.seconds, self.outputHash, self.outputEnd) = (status, seconds, outputHash, outputEnd)
    }

    /// How it ended, as the end of a sentence: `ended with status 3`.
    public var ending: String {
        guard let signal else { return "ended with status \(status)" }
        return "was killed by signal \(signal) (\(String(cString: strsignal(signal))))"
    }

    /// The last sentence of its standard error, which mostly says why it ended; `nil` where it wrote nothing there.
    ///
    /// A line that begins in lower case goes on with the line before it.
    public var lastWords: String? {
        var lines = (errorEnd ?? "").split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        guard var words = lines.popLast().map(String.init) else { return nil }
        while words.first?.isLowercase == true, words.count < 200, let before = lines.popLast() {
            words = "\(before) \(words)"
        }
        return String(words.prefix(200))
    }
}

/// Where a program's standard output goes.
public enum ProgramOutput: Sendable {
    case passedOn
    case toStandardError
    /// Read and thrown away, but for its hash.
    case hashed
    /// Read; beside the hash, the last 64 KiB are kept.
    case endKept
    /// What would go to a terminal is held back, on standard error, too.
    case held(HeldOutput)
}

/// Starts an interpreter and waits for it.
struct ProcessRun {
    var interpreter: Interpreter
    var program: Program
    /// Set, or with `nil` removed, on top of our own environment.
    var environment: [String: [UInt8]?] = [:]
    /// Of a run for our own ends: what it says of its errors is not shown, and signals to swprof are swprof's, once
    /// they are delivered.
    var limits: RunLimits?
    /// Where it works; `nil` for our own working folder.
    var folder: String?
    /// Hears of the process once it is there.
    var onStart: @Sendable (pid_t) -> Void = { _ in }

    func run(_ output: ProgramOutput) async throws(RunningError) -> ProcessOutcome {
        // A signal that comes as the process is being made is its, too.
        SignalForwarding.hold()
        defer { SignalForwarding.release() }
        let result: Result<ProcessOutcome, StartedProcess.Failure> = await withCheckedContinuation { continuation in
            // Not on a thread that other tasks wait for: it does nothing but wait itself.
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result(catching: { () throws(StartedProcess.Failure) in try ended(output) }))
            }
        }
        do {
            return try result.get()
        } catch {
            let reason = String(cString: strerror(error.number))
            throw .failed("cannot run \(interpreter.path): \(reason); give the path of a CPython with --python")
        }
    }

    private func ended(_ output: ProgramOutput) throws(StartedProcess.Failure) -> ProcessOutcome {
        switch output {
        case .passedOn: try run(output: .inherited)
        case .toStandardError: try run(output: .descriptor(STDERR_FILENO))
        case .held(let held): try run(output: held.output, errors: held.errors)
        case .hashed: try runReading(keeping: 0)
        case .endKept: try runReading(keeping: 1 << 16)
        }
    }

    private func start(_ setting: StartedProcess.Setting) throws(StartedProcess.Failure) -> StartedProcess {
        let process = try StartedProcess(
            interpreter.path, words: program.interpreterArguments,
            environment: EnvironmentBlock.own(changedBy: environment), setting)
        onStart(process.id)
        if let limits {
            limits.apply(to: process.id)
            SignalForwarding.beginOwn(of: process.id)
        } else {
            SignalForwarding.begin(to: process.id)
        }
        return process
    }

    private func run(
        output: StartedProcess.Stream, errors: StartedProcess.Stream = .inherited
    ) throws(StartedProcess.Failure) -> ProcessOutcome {
        var setting = StartedProcess.Setting()
        setting.folder = folder
        setting.streams = [.inherited, output, errors]
        let begin = ContinuousClock.now
        let process = try start(setting)
        process.awaitEnd()
        SignalForwarding.end()
        return ProcessOutcome(process.end(), since: begin)
    }

    /// - Parameter longest: bytes of the output's end to keep; none for 0.
    private func runReading(keeping longest: Int) throws(StartedProcess.Failure) -> ProcessOutcome {
        let output = try OutputPipe()
        let errors = limits == nil ? nil : try OutputPipe()
        let begin = ContinuousClock.now
        let process = try start(reading(output, errors))
        let watching = limits.map { TimeLimit($0.time, group: process.id) }
        output.closeWriting()
        errors?.closeWriting()
        var (out, err) = (OutputRecord(keeping: longest), OutputRecord(keeping: 1 << 12))
        OutputPipe.read([(output, { out.add($0) })] + (errors.map { [($0, { err.add($0) })] } ?? []))
        process.awaitEnd()
        watching?.end()
        if limits == nil { SignalForwarding.end() } else { SignalForwarding.endOwn() }
        var outcome = ProcessOutcome(process.end(), since: begin)
        (outcome.outputHash, outcome.outputEnd) = (out.hash.value, out.text)
        if let limits {
            outcome.errorEnd = err.text
            outcome.isOverTime = outcome.signal == SIGKILL && outcome.seconds >= limits.time.inSeconds
        }
        return outcome
    }

    private func reading(_ output: OutputPipe, _ errors: OutputPipe?) -> StartedProcess.Setting {
        var setting = StartedProcess.Setting()
        setting.streams = [.nothing, .descriptor(output.writing), errors.map { .descriptor($0.writing) } ?? .inherited]
        // A group of its own, so that all of it can be killed.
        setting.leadsGroup = limits != nil
        setting.folder = folder
        return setting
    }
}

extension ProcessOutcome {
    fileprivate init(_ end: (status: WaitStatus, cpuSeconds: Double), since begin: ContinuousClock.Instant) {
        self.init(status: end.status.number, seconds: (ContinuousClock.now - begin).inSeconds)
        ended = MonotonicClock.now
        began = ended - Int64(seconds * 1e9)
        cpuSeconds = end.cpuSeconds
        if case .killed(let signal) = end.status { self.signal = signal }
    }
}

/// Kills a process group when its time is over, unless the run has ended before.
private final class TimeLimit: Sendable {
    private let isOver = Mutex(false)

    init(_ time: Duration, group: pid_t) {
        DispatchQueue.global().asyncAfter(deadline: .now() + time.inSeconds) { [weak self] in
            self?.isOver.withLock { if !$0 { kill(-group, SIGKILL) } }
        }
    }

    func end() { isOver.withLock { $0 = true } }
}

/// The kernel's monotonic clock, which the capture log tells instants on too.
enum MonotonicClock {
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
