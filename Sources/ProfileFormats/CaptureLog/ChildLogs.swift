import Capture
import ProfileModel

/// The logs that a program's children left beside its own.
public enum ChildLogs {
    /// The file by whose size children are numbered.
    public static let numbersFile = ChildLog.numbersFile

    /// The program's profile with those of its children.
    ///
    /// A child whose log is not there, or says nothing yet, stays one that is not followed.
    ///
    /// - Parameters:
    ///   - own: what the program's own log says; the same is returned where that follows no children.
    ///   - samples: whether a sampler's are wanted, or only how its ticks are accounted for.
    public static func adding(to own: Profile, in folder: String, samples: Bool = true) -> Profile {
        guard own.processes.count == 1, own.processes[0].parent == nil else { return own }
        var profiles = [own]
        for number in 1...max(1, count(in: folder)) {
            guard let bytes = try? FileBytes.read(ChildLog(number, in: folder).path),
                let child = try? CaptureLogReader.read(bytes, samples: samples), child.processes.count == 1,
                isAlike(child, own)
            else { continue }
            profiles.append(child)
        }
        profiles[1...].sort { $0.processes[0].start < $1.processes[0].start }
        return Profile.merging(processes: profiles) ?? own
    }

    /// The path of the next child's log; `nil` where there are too many.
    public static func next(in folder: String) -> String? { ChildLog.next(in: folder)?.path }

    private static func count(in folder: String) -> Int {
        min(ChildLog.most, FileBytes.size(of: folder + "/" + ChildLog.numbersFile))
    }

    /// Whether both were captured in the same way: files of any kind may stand beside a log.
    private static func isAlike(_ child: Profile, _ own: Profile) -> Bool {
        (child.design, child.kind, child.clock) == (own.design, own.kind, own.clock)
            && child.schedule == own.schedule && child.rate == own.rate
    }
}
