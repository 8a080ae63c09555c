import Glibc
import Subprocess
import SystemPackage

/// How one process ended, and how long it took.
public struct ProcessOutcome: Sendable, Equatable {
    /// The exit status; 128 + S for a process that was killed by signal S.
    public var status: Int
    /// Wall time from before it was started until after it ended.
    public var seconds: Double
    /// CPU time of it and of its children that it waited for; right where one program is run at a time.
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
}

/// Where a program's standard output goes.
public enum ProgramOutput: Sendable {
    case passedOn
    case toStandardError
    /// Read and thrown away, but for its hash.
    case hashed
    /// Read; beside the hash, the last 64 KiB are kept.
    case endKept
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

    func run(_ output: ProgramOutput) async throws(RunningError) -> ProcessOutcome {
        // A signal that comes as the process is being made is its, too.
        SignalForwarding.hold()
        defer { SignalForwarding.release() }
        let cpuBefore = ChildrensTime.seconds
        do {
            var outcome = try await ended(output)
            outcome.cpuSeconds = ChildrensTime.seconds - cpuBefore
            return outcome
        } catch {
            throw .failed("cannot run \(interpreter.path): \(error); give the path of a CPython with --python")
        }
    }

    private func ended(_ output: ProgramOutput) async throws -> ProcessOutcome {
        switch output {
        case .passedOn: try await run(.currentStandardOutput, error: .currentStandardError)
        case .toStandardError: try await run(.currentStandardError, error: .currentStandardError)
        case .hashed: try await runReading(keeping: 0)
        case .endKept: try await runReading(keeping: 1 << 16)
        }
    }

    private var configuration: Configuration {
        var options = PlatformOptions()
        // A group of its own, so that all of it can be killed.
        if limits != nil { options.processGroupID = 0 }
        return Configuration(
            executable: .path(FilePath(interpreter.path)),
            arguments: Arguments(executablePathOverride: nil as [UInt8]?, remainingValues: program.interpreterArguments),
            environment: .custom(EnvironmentBlock.own(changedBy: environment)), platformOptions: options)
    }

    private func run(_ output: FileDescriptorOutput, error: FileDescriptorOutput) async throws -> ProcessOutcome {
        let start = ContinuousClock.now
        let result = try await Subprocess.run(configuration, input: .currentStandardInput, output: output, error: error) { execution in
            SignalForwarding.begin(to: execution.processIdentifier.value)
        }
        SignalForwarding.end()
        return ProcessOutcome(status: result.terminationStatus.number, seconds: (ContinuousClock.now - start).inSeconds)
    }

    /// - Parameter longest: bytes of the output's end to keep; none for 0.
    private func runReading(keeping longest: Int) async throws -> ProcessOutcome {
        if let limits { return try await run(within: limits, keeping: longest) }
        let start = ContinuousClock.now
        let result = try await Subprocess.run(configuration, input: .none, output: .sequence, error: .currentStandardError) { execution in
            SignalForwarding.begin(to: execution.processIdentifier.value)
            return try await OutputRead(execution.standardOutput, keeping: longest)
        }
        SignalForwarding.end()
        return ProcessOutcome(result.terminationStatus, since: start, output: result.closureResult)
    }

    private func run(within limits: RunLimits, keeping longest: Int) async throws -> ProcessOutcome {
        let start = ContinuousClock.now
        let result = try await Subprocess.run(configuration, input: .none, output: .sequence, error: .sequence) { execution in
            let process = execution.processIdentifier.value
            limits.apply(to: process)
            SignalForwarding.beginOwn(of: process)
            let watching = Task {
                if (try? await Task.sleep(for: limits.time)) != nil { kill(-process, SIGKILL) }
            }
            defer { watching.cancel() }
            async let errors = OutputRead(execution.standardError, keeping: 1 << 12)
            let output = try await OutputRead(execution.standardOutput, keeping: longest)
            return (output: output, errors: try await errors)
        }
        SignalForwarding.endOwn()
        var outcome = ProcessOutcome(result.terminationStatus, since: start, output: result.closureResult.output)
        outcome.errorEnd = result.closureResult.errors.end
        outcome.isOverTime = outcome.status == 128 + Int(SIGKILL) && outcome.seconds >= limits.time.inSeconds
        return outcome
    }
}

extension ProcessOutcome {
    fileprivate init(_ status: TerminationStatus, since start: ContinuousClock.Instant, output: OutputRead) {
        self.init(
            status: status.number, seconds: (ContinuousClock.now - start).inSeconds, outputHash: output.hash, outputEnd: output.end)
    }
}

/// What came of reading an output until it ended.
private struct OutputRead: Sendable {
    var hash: UInt64
    /// `nil` where none was to be kept.
    var end: String?

    init(_ output: SubprocessOutputSequence, keeping longest: Int) async throws {
        var hash = OutputHash()
        var end = OutputEnd(longest: longest)
        for try await part in output {
            part.withUnsafeBytes {
                hash.add($0)
                end.add($0)
            }
        }
        self.hash = hash.value
        self.end = longest > 0 ? String(decoding: end.bytes, as: UTF8.self) : nil
    }
}

/// The last bytes of an output.
struct OutputEnd {
    let longest: Int
    private(set) var bytes: [UInt8] = []

    init(longest: Int) { self.longest = longest }

    mutating func add(_ part: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: part.suffix(longest))
        if bytes.count > longest { bytes.removeFirst(bytes.count - longest) }
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): tells whether two outputs are the same.
struct OutputHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}

extension TerminationStatus {
    /// As a shell tells it.
    fileprivate var number: Int {
        switch self {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
