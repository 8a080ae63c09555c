import Glibc
import ProfileFormats
import ProfileModel

/// Looks at a process that runs already, by a reader: an interpreter of the very build that the process runs, started for
/// that, which reads the other's memory. The process itself does nothing for it and is never stopped; unless it is asked to
/// begin a session itself.
public struct Attaching: Sendable {
    private let target: TargetProcess
    private let isFromWithin: Bool
    private let extensionPath: String

    /// Why looking came to its end.
    public enum End: Sendable, Equatable {
        /// The time was over, or somebody asked swprof to end.
        case asked
        case targetEnded
        /// The process started another program in its place.
        case targetReplaced
    }

    public struct Outcome: Sendable {
        public var profile: Profile
        public var end: End
        /// What was captured: as long as this is there, a kill loses nothing.
        public var capture: ReaderFolder
    }

    /// Throws where swprof is not whole.
    ///
    /// - Parameter isFromWithin: whether the process is to profile itself, by the design of the settings.
    public init(_ target: TargetProcess, isFromWithin: Bool = false) throws(RunningError) {
        self.target = target
        self.isFromWithin = isFromWithin
        extensionPath = try Installation.extensionPath()
    }

    /// One stack of each thread.
    public func dump() throws(RunningError) -> Profile {
        let folder = try ReaderFolder(extension: extensionPath)
        let reader = try Reader("dump", of: target, ProfilingSettings(), in: folder, folder.files)
        try reader.awaitEnd()
        return try profile(in: folder)
    }

    /// Samples until the time is over, somebody asks swprof to end, or the process is gone.
    ///
    /// - Parameters:
    ///   - seconds: for ever where there are none.
    public func profile(
        _ settings: ProfilingSettings, for seconds: Double?, watching: (any RunWatching)? = nil,
        begun: () -> Void = {}
    ) throws(RunningError) -> Outcome {
        guard let memory = TargetMemory(of: target.id) else { throw gone }
        let folder = try ReaderFolder(extension: extensionPath)
        let looking = try looking(settings, in: folder, memory)
        begun()
        let family = settings.children ? TargetFamily(of: target, settings, in: folder) : nil
        let end = wait(for: seconds, memory, looking, folder, watching) { family?.follow() }
        family?.awaitEnd()
        do {
            try looking.awaitEnd()
        } catch {
            throw memory.isThere ? error : gone
        }
        var profile = try profile(in: folder)
        (profile.program, profile.audit) = (target.program, EnvironmentAudit.take(target))
        profile.caveats += caveats(end, followsChildren: settings.children)
        return Outcome(profile: profile, end: end, capture: folder)
    }

    private func looking(
        _ settings: ProfilingSettings, in folder: ReaderFolder, _ memory: TargetMemory
    ) throws(RunningError) -> any Looking {
        if isFromWithin {
            return try InjectedSession(in: target, settings, in: folder, extension: extensionPath, memory)
        }
        let words = ["words": target.words.joined(separator: "\u{1f}")]
        return try Reader("look", of: target, settings, in: folder, folder.files, words)
    }

    private static let pause: UInt32 = 10_000

    /// - Parameter meanwhile: called again and again.
    private func wait(
        for seconds: Double?, _ memory: TargetMemory, _ looking: any Looking, _ folder: ReaderFolder,
        _ watching: (any RunWatching)?, meanwhile: () -> Void
    ) -> End {
        defer { watching?.close() }
        var deadline: Int64?
        while !looking.hasEnded {
            if SignalForwarding.takeHeld() != nil { return .asked }
            if !memory.isThere { return awaitWhatCame() }
            if watching?.step(folder.log) == false { return .asked }
            if deadline == nil, let seconds, folder.isCapturing { deadline = MonotonicClock.now + Int64(seconds * 1e9) }
            if folder.isCapturing { meanwhile() }
            let left = deadline.map { $0 - MonotonicClock.now } ?? .max
            if left <= 0 { return .asked }
            usleep(UInt32(min(Int64(Self.pause), left / 1000 + 1)))
        }
        return .asked
    }

    /// A process gives its memory up a moment before it has ended, or before it has that of another program.
    private func awaitWhatCame() -> End {
        while let state = TargetProcess.state(of: target.id), state != "Z", state != "X" {
            if TargetMemory(of: target.id)?.isThere == true { return .targetReplaced }
            usleep(Self.pause)
        }
        return .targetEnded
    }

    private var gone: RunningError {
        .failed("process \(target.id) ended before it could be looked at; give the number of one that runs")
    }

    private func profile(in folder: ReaderFolder) throws(RunningError) -> Profile {
        guard let bytes = try? FileReading.bytes(of: folder.log), !bytes.isEmpty else {
            throw .failed("nothing was captured of process \(target.id); try again")
        }
        do { return ChildLogs.adding(to: try CaptureLogReader.read(bytes), in: folder.path) } catch {
            throw .failed(error.line)
        }
    }

    private func caveats(_ end: End, followsChildren: Bool) -> [Caveat] {
        var caveats: [Caveat] = []
        switch end {
        case .asked: break
        case .targetEnded:
            caveats.append(
                Caveat(code: "target-ended", text: "The process ended; the profile is of the time until then."))
        case .targetReplaced:
            caveats.append(
                Caveat(
                    code: "target-replaced",
                    text:
                        "The process started another program in its place (exec); the profile is of the time until then."
                ))
        }
        let children = target.children.count
        if children > 0, !followsChildren {
            caveats.append(
                Caveat(
                    code: "children",
                    text:
                        "The process has \(children) child process\(children == 1 ? "" : "es"), which \(children == 1 ? "is" : "are") not profiled: attach with --children."
                ))
        }
        return caveats
    }
}
