import CMachine
import Capture
import Glibc

/// Which threads block a signal, which wait for nothing but a processor, and where others wait, as the kernel tells it in `/proc`.
/// For a thread that has descriptors of its own; where it has none, nothing is known of any thread.
///
/// A thread that blocks our signal must not be sent it: the program may wait for every signal that there is, or ask which
/// are pending.
struct KernelStates {
    private var stat = ThreadFiles(name: "stat")
    private var call = ThreadFiles(name: "syscall")
    private var times = ThreadFiles(name: "schedstat")

    /// In `stat`, behind the name in parentheses, counted from 0.
    private static let maskField = 29

    mutating func blocks(_ signal: Int32, in thread: Int32) -> Bool {
        stat.read(of: thread) { Self.mask(in: $0) & 1 << UInt64(signal - 1) != 0 } ?? false
    }

    /// Whether it runs, or would if others did not have the processors.
    mutating func isRunnable(_ thread: Int32) -> Bool {
        stat.read(of: thread) { text in strrchr(text, 0x29).map { $0[1] == 0x20 && $0[2] == 0x52 } ?? false } ?? false
    }

    /// The first argument of the system call that it waits in, which for a lock is its address.
    mutating func waitsAt(_ thread: Int32) -> UInt? {
        call.read(of: thread) { text in strchr(text, 0x20).map { UInt(strtoul($0, nil, 16)) } ?? 0 }
    }

    mutating func times(of thread: Int32) -> SchedulerTimes? { times.read(of: thread, SchedulerTimes.init(text:)) }

    private static func mask(in text: UnsafeMutablePointer<CChar>) -> UInt64 {
        guard var at = strrchr(text, 0x29) else { return 0 }
        for _ in 0...maskField {
            guard let blank = strchr(at + 1, 0x20) else { return 0 }
            at = blank
        }
        return UInt64(strtoul(at, nil, 10))
    }
}

/// A file that the kernel has of each thread, kept open: to open it would take longer than to read it.
private struct ThreadFiles {
    let name: String
    private var files: [Int32: Int32] = [:]
    /// Who opened them.
    private var owner: Int32 = 0

    /// More files are not kept open.
    private static let most = 128

    init(name: String) { self.name = name }

    /// What follows from its text; `nil` where there is none.
    mutating func read<Fact>(of thread: Int32, _ fact: (UnsafeMutablePointer<CChar>) -> Fact) -> Fact? {
        guard BackgroundThread.hasOwnFiles, let file = file(of: thread) else { return nil }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1025) { text in
            guard let start = text.baseAddress else { return nil }
            let count = pread(file, start, 1024, 0)
            guard count > 0 else {
                forget(thread)
                return nil
            }
            start[count] = 0
            return fact(start)
        }
    }

    private mutating func file(of thread: Int32) -> Int32? {
        let own = machine_own_thread()
        // The table of descriptors ended with the thread that had it.
        if own != owner { (files, owner) = ([:], own) }
        if let file = files[thread] { return file }
        if files.count >= Self.most { for thread in Array(files.keys) { forget(thread) } }
        let file = machine_open("/proc/self/task/\(thread)/\(name)", O_RDONLY)
        guard file >= 0 else { return nil }
        files[thread] = file
        return file
    }

    private mutating func forget(_ thread: Int32) {
        if let file = files.removeValue(forKey: thread) { close(file) }
    }
}
