import Glibc
import Subprocess
import SystemPackage

/// How one process ended, and how long it took.
public struct ProcessOutcome: Sendable, Equatable {
    /// The exit status; 128 + S for a process that was killed by signal S.
    public var status: Int
    /// Wall time from before it was started until after it ended.
    public var seconds: Double
    /// FNV-1a of what it wrote to its standard output, where that was not passed on.
    public var outputHash: UInt64?
    /// The last of what it wrote there, where that was asked for; bytes that are not UTF-8 replaced.
    public var outputEnd: String?
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
    /// Of a run for our own ends, which is killed after so long: what it says of its errors is not shown, and signals
    /// to swprof are swprof's, once they are delivered.
    var timeLimit: Duration?
    /// Where such a run's words on its errors go instead.
    var errorFile: String?

    func run(_ output: ProgramOutput) async throws(RunningError) -> ProcessOutcome {
        do {
            switch output {
            case .passedOn: return try await run(.currentStandardOutput, error: .currentStandardError)
            case .toStandardError: return try await run(.currentStandardError, error: .currentStandardError)
            case .hashed: return try await runReading(keeping: 0)
            case .endKept: return try await runReading(keeping: 1 << 16)
            }
        } catch {
            throw .failed("cannot run \(interpreter.path): \(error); give the path of a CPython with --python")
        }
    }

    private var configuration: Configuration {
        var options = PlatformOptions()
        // A group of its own, so that all of it can be killed.
        if timeLimit != nil { options.processGroupID = 0 }
        return Configuration(
            executable: .path(FilePath(interpreter.path)),
            arguments: Arguments(executablePathOverride: nil as [UInt8]?, remainingValues: program.interpreterArguments),
            environment: .custom(EnvironmentBlock.own(changedBy: environment)), platformOptions: options)
    }

    private var errors: FileDescriptorOutput {
        get throws {
            guard timeLimit != nil else { return .currentStandardError }
            return .fileDescriptor(try openErrors(), closeAfterSpawningProcess: true)
        }
    }

    private func openErrors() throws -> FileDescriptor {
        guard let errorFile else { return try FileDescriptor.open("/dev/null", .writeOnly) }
        return try FileDescriptor.open(errorFile, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    }

    /// Has a process of our own killed when its time is over; passes signals on to one that is not.
    private func watch(_ process: pid_t) -> Task<Void, Never>? {
        guard let timeLimit else {
            SignalForwarding.begin(to: process)
            return nil
        }
        SignalForwarding.beginOwn(of: process)
        return Task {
            if (try? await Task.sleep(for: timeLimit)) != nil { kill(-process, SIGKILL) }
        }
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
        let start = ContinuousClock.now
        let result = try await Subprocess.run(configuration, input: .none, output: .sequence, error: errors) { execution in
            let watching = watch(execution.processIdentifier.value)
            defer { watching?.cancel() }
            var hash = OutputHash()
            var end = OutputEnd(longest: longest)
            for try await part in execution.standardOutput {
                part.withUnsafeBytes {
                    hash.add($0)
                    end.add($0)
                }
            }
            return (hash: hash.value, end: end.bytes)
        }
        SignalForwarding.end()
        let seconds = (ContinuousClock.now - start).inSeconds
        return ProcessOutcome(
            status: result.terminationStatus.number, seconds: seconds, outputHash: result.closureResult.hash,
            outputEnd: longest > 0 ? String(decoding: result.closureResult.end, as: UTF8.self) : nil)
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
