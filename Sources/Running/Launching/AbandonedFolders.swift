import FoundationEssentials
import Glibc
import Synchronization

/// Temporary folders of swprof processes that were killed before they could remove them.
///
/// The program of such a run goes on to its own end. At the next start of swprof its log is moved to where it is kept, and
/// said to be there; all else is removed.
enum AbandonedFolders {
    private static let isCleared = Mutex(false)

    static func clearOnce() {
        guard
            isCleared.withLock({ cleared in
                defer { cleared = true }
                return !cleared
            })
        else { return }
        let base = PrivateFolder.base
        for name in PrivateFolder.names(in: base) where name.hasPrefix(PrivateFolder.prefix) {
            clear(base + "/" + name)
        }
    }

    private static func clear(_ folder: String) {
        // Only what is ours and nobody holds. A folder that has just been made has no owner yet.
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
            return
        }
        let owner = open(folder + "/owner", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard owner >= 0 else { return }
        defer { close(owner) }
        guard flock(owner, LOCK_EX | LOCK_NB) == 0, !isProgramRunning(folder) else { return }
        keepLog(of: folder)
        // With what lies deeper: compiled code of the launch files, or a baseline's tree. Links are not followed.
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func isProgramRunning(_ folder: String) -> Bool {
        guard let bytes = try? FileReading.bytes(of: folder + "/" + LaunchFolder.processFile),
            let process = pid_t(String(decoding: bytes, as: UTF8.self))
        else { return false }
        // One that has ended may still be there for a parent that never asks. Its state stands behind its name.
        guard let told = EnvironmentAudit.line(of: "/proc/\(process)/stat"),
            let state = told.split(separator: ")").last?.first(where: { $0 != " " })
        else { return false }
        return state != "Z" && state != "X"
    }

    private static func keepLog(of folder: String) {
        let log = folder + "/" + LaunchFolder.logFile
        guard FileReading.isWritten(log), let kept = KeptFiles.keep(log) else { return }
        let line = "swprof: an earlier swprof was killed; what it had captured is kept: swprof report \(kept)\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
    }
}
