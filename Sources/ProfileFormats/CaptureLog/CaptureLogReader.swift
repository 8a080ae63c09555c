import Capture
import ProfileModel

/// The capture log among the formats: what the Python package leaves of a block that it profiled.
enum CaptureLogFormat: ProfileReader {
    static let format = FormatName.log

    static func matches(_ content: FileContent) -> Bool {
        do { _ = try LogReader(content.bytes) } catch { return error != .notALog }
        return true
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        do { return try CaptureLogReader.read(bytes) } catch { throw FormatError(error.problem, remedy: error.remedy) }
    }
}

/// Makes a profile of what a design wrote while the program ran.
public enum CaptureLogReader {
    /// Every whole record counts, however the program ended; what is missing or damaged becomes a caveat.
    ///
    /// - Parameter samples: whether a sampler's are wanted, or only how its ticks are accounted for.
    public static func read(_ bytes: [UInt8], samples: Bool = true) throws(CaptureLogError) -> Profile {
        let reader: LogReader
        do { reader = try LogReader(bytes) } catch { throw CaptureLogError(error) }
        var log = CapturedRun()
        let ending = reader.forEach { log.add($0) }
        if case .damaged(let at) = ending {
            log.caveats.append(
                Caveat(
                    code: "damaged-log", text: "the capture log is damaged from byte \(at) on; what came before counts")
            )
        }
        guard let design = log.facts["design"], let clock = log.facts["clock"].flatMap(Clock.init) else {
            throw CaptureLogError("the capture log does not say what wrote it", remedy: "profile again")
        }
        guard log.isCountable else {
            throw CaptureLogError(
                "the capture log tells of times or counts that cannot be", remedy: "it is damaged; profile again")
        }
        let profile =
            log.isSampled
            ? SampledProfile(log, design, clock, samples: samples).profile : TracedProfile(log, design, clock).profile
        // The source is as it was when the program ran; later nobody knows.
        return profile.marked(by: FileSourceText())
    }
}

/// Why a capture log gives no profile: one clear line.
public struct CaptureLogError: Error, Sendable {
    let problem: String
    let remedy: String

    public var line: String { problem + "; " + remedy }

    init(_ problem: String, remedy: String) {
        self.problem = problem
        self.remedy = remedy
    }

    init(_ failure: LogReader.Failure) {
        switch failure {
        case .notALog: self.init("this is no capture log of swprof", remedy: "give one that it wrote")
        case .unknownVersion(let version):
            self.init(
                "this capture log has version \(version), which this swprof does not know",
                remedy: "use the one that wrote it")
        }
    }
}
