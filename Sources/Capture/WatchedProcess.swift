import CMachine
import Glibc

/// The process whose books are kept: this one, or another that is only looked at.
public struct WatchedProcess: Sendable {
    let id: pid_t
    /// What the kernel says of it.
    let folder: String
    private let isOwn: Bool

    public static var own: WatchedProcess { WatchedProcess(id: getpid(), folder: "/proc/self", isOwn: true) }

    public static func other(_ id: pid_t) -> WatchedProcess {
        WatchedProcess(id: id, folder: "/proc/\(id)", isOwn: false)
    }

    /// CPU time of all its threads, in nanoseconds; `nil` where it is gone.
    func cpu() -> Int64? { isOwn ? KernelClock.processCPU() : KernelClock.cpu(ofProcess: id) }

    /// CPU time of our own threads in it.
    func ownCPU() -> Int64 { isOwn ? BackgroundThread.cpu : 0 }

    /// CPU time of the children that it waited for; `nil` where it is gone.
    func childrenCPU() -> Int64? {
        if isOwn { return machine_children_cpu() }
        return KernelText.read(folder + "/stat") { text in
            KernelText.numbers(in: text, behind: 0x29, from: 13, count: 2).reduce(0, +)
                * (1_000_000_000 / Int64(max(1, sysconf(Int32(_SC_CLK_TCK)))))
        }
    }

    func cpu(ofThread thread: Int32) -> Int64? {
        if isOwn { return KernelClock.cpu(ofThread: thread) }
        return KernelText.read(folder + "/task/\(thread)/schedstat", SchedulerTimes.init(text:))?.cpu
    }
}

/// What the kernel says in a file of `/proc`.
public enum KernelText {
    /// The longest file that is read.
    private static let longest = 4096

    /// What `body` makes of the text of a file, ended by a zero; `nil` where the file cannot be read.
    public static func read<Result>(_ path: String, _ body: (UnsafeMutablePointer<CChar>) -> Result) -> Result? {
        let file = machine_open(path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return read(file, body)
    }

    /// The same of a file that is open already.
    public static func read<Result>(_ file: Int32, _ body: (UnsafeMutablePointer<CChar>) -> Result) -> Result? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: longest + 1) { text -> Result? in
            guard let start = text.baseAddress else { return nil }
            let count = pread(file, start, longest, 0)
            guard count > 0 else { return nil }
            start[count] = 0
            return body(start)
        }
    }

    /// Some numbers of a line whose fields are apart by blanks.
    ///
    /// - Parameters:
    ///   - mark: the field behind its last such character is counted as 0; a name stands before, which may hold blanks.
    ///   - first: the first field that is wanted.
    /// - Returns: none where the text has no such fields.
    public static func numbers(in text: UnsafeMutablePointer<CChar>, behind mark: Int32, from first: Int, count: Int)
        -> [Int64]
    {
        guard var at = strrchr(text, mark) else { return [] }
        for _ in 0...first {
            guard let blank = strchr(at + 1, 0x20) else { return [] }
            at = blank
        }
        var numbers: [Int64] = []
        var end: UnsafeMutablePointer<CChar>? = at
        while numbers.count < count, let from = end { numbers.append(Int64(strtol(from, &end, 10))) }
        return numbers
    }
}
