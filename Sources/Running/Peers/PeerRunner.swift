import ProfileFormats
import ProfileModel

/// Runs a program under peers, each in a process of its own, as the program's own command line would have it.
public struct PeerRunner: Sendable {
    private let interpreter: Interpreter
    private let program: Program
    private let peers: InstalledPeers
    /// Killed after an hour unless told.
    public var limits = RunLimits(time: .seconds(3_600))
    /// Whether what a peer wrote is read; where not, there is no profile, but that it wrote one is still seen to.
    public var readsProfiles = true

    public init(_ peers: InstalledPeers, program: Program, interpreter: Interpreter) {
        (self.peers, self.program, self.interpreter) = (peers, program, interpreter)
    }

    public var names: [PeerName] { peers.names }

    /// - Parameter environment: set on top of our own.
    public func run(_ name: PeerName, _ settings: ProfilingSettings, environment: [String: String])
        async throws(RunningError) -> RunOutcome
    {
        let folder = try PrivateFolder()
        let peer = name.peer
        // Some peers insist on this ending for what is JSON; the others do not mind.
        let launch = PeerLaunch(
            program: program, interpreter: interpreter, output: "\(folder.path)/profile.json", rate: settings.rate,
            clock: settings.clock)
        do throws(PeerFailure) {
            let installation = try peers.installation(of: name)
            let process = try await start(installation, try peer.words(launch), environment)
            guard FileReading.isWritten(launch.output) else {
                let words = process.lastWords.map { ": \($0)" } ?? ""
                throw PeerFailure(reason: "it \(process.ending) and wrote no profile\(words)")
            }
            return .ran(
                ProfiledOutcome(
                    process: process, profile: readsProfiles ? try read(launch, installation, process) : nil))
        } catch {
            return .failed(error.reason)
        }
    }

    private func start(
        _ installation: PeerInstallation, _ words: [[UInt8]], _ environment: [String: String]
    ) async throws(PeerFailure) -> ProcessOutcome {
        var all: [String: [UInt8]?] = environment.mapValues { Array($0.utf8) }
        // Behind what the user has there. What runs inside the program needs its package; a tool of its own does not.
        if let folder = installation.folder, installation.tool == nil {
            let before =
                EnvironmentBlock.value(of: "PYTHONPATH").flatMap { $0.isEmpty ? nil : $0 + [UInt8(ascii: ":")] } ?? []
            all["PYTHONPATH"] = before + Array(folder.utf8)
        }
        let run = ProcessRun(
            interpreter: installation.tool ?? interpreter, program: Program(.code(""), rawWords: words),
            environment: all, limits: limits)
        defer { SignalForwarding.deliver() }
        do throws(RunningError) {
            return try await run.run(.endKept)
        } catch {
            throw PeerFailure(reason: error.line)
        }
    }

    private func read(_ launch: PeerLaunch, _ installation: PeerInstallation, _ process: ProcessOutcome)
        throws(PeerFailure) -> Profile
    {
        let name = installation.name
        var profile = try parsed(launch.output, as: name.peer.format)
        // Its runs are not one file of unknown origin: what there is to say of them is known.
        profile.caveats.removeAll { $0.code == "foreign-profile" }
        (profile.design, profile.kind, profile.python, profile.seconds) = (
            name.rawValue, name.kind, installation.python, process.seconds
        )
        (profile.program, profile.exit) = (program.words, process.status)
        name.peer.complete(&profile, launch)
        profile.nameFilesInFull(script: script)
        guard profile.samples.contains(where: { $0.nanoseconds > 0 }) else {
            throw PeerFailure(reason: "it saw nothing of the program")
        }
        return profile
    }

    private func parsed(_ path: String, as format: FormatName) throws(PeerFailure) -> Profile {
        guard let bytes = try? FileReading.bytes(of: path) else { throw PeerFailure(reason: "cannot read its profile") }
        do throws(FormatError) {
            return try ProfileFormat.read(bytes, as: format, path: "its profile")
        } catch {
            throw PeerFailure(reason: "\(error)")
        }
    }

    private var script: String? { if case .script(let path) = program.source { path } else { nil } }
}
