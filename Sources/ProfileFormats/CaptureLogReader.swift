import Capture
import ProfileModel

/// Makes a profile of what a design wrote while the program ran.
public enum CaptureLogReader {
    /// Every whole record counts, however the program ended; what is missing or damaged becomes a caveat.
    public static func read(_ bytes: [UInt8]) throws(CaptureLogError) -> Profile {
        let reader: LogReader
        do { reader = try LogReader(bytes) } catch { throw CaptureLogError(error) }
        var log = CapturedRun()
        let ending = reader.forEach { log.add($0) }
        if case .damaged(let at) = ending {
            log.caveats.append(Caveat(code: "damaged-log", text: "the capture log is damaged from byte \(at) on; what came before counts"))
        }
        guard let design = log.facts["design"], let clock = log.facts["clock"].flatMap(Clock.init) else {
            throw CaptureLogError("the capture log does not say what wrote it; profile again")
        }
        return log.isSampled ? SampledProfile(log, design, clock).profile : TracedProfile(log, design, clock).profile
    }
}

/// Why a capture log gives no profile: one clear line.
public struct CaptureLogError: Error, Sendable {
    public let line: String

    init(_ line: String) { self.line = line }

    init(_ failure: LogReader.Failure) {
        switch failure {
        case .notALog: self.init("this is no capture log of swprof; give one that it wrote")
        case .unknownVersion(let version): self.init("this capture log has version \(version), which this swprof does not know; use the one that wrote it")
        }
    }
}
