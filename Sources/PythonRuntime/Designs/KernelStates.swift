import CMachine
import Capture
import Glibc

/// Which threads block a signal, and which wait for nothing but a processor, as the kernel tells it in `/proc`. For a thread
/// that has descriptors of its own; where it has none, no thread is known to do either.
///
/// A thread that blocks our signal must not be sent it: the program may wait for every signal that there is, or ask which
/// are pending.
struct KernelStates {
    /// `/proc/self/task/N/stat`, kept open: to open it would take longer than to read it.
    private var files: [Int32: Int32] = [:]
    /// Who opened them.
    private var owner: Int32 = 0

    /// In that file, behind the name in parentheses, counted from 0.
    private static let maskField = 29
    /// More files are not kept open.
    private static let most = 128

    mutating func blocks(_ signal: Int32, in thread: Int32) -> Bool {
        holds(of: thread) { Self.mask(in: $0) & 1 << UInt64(signal - 1) != 0 }
    }

    /// Whether it runs, or would if others did not have the processors.
    mutating func isRunnable(_ thread: Int32) -> Bool {
        holds(of: thread) { text in strrchr(text, 0x29).map { $0[1] == 0x20 && $0[2] == 0x52 } ?? false }
    }

    /// Whether something holds of what the kernel says of a thread; false where it says nothing.
    private mutating func holds(of thread: Int32, _ isTrue: (UnsafeMutablePointer<CChar>) -> Bool) -> Bool {
        guard BackgroundThread.hasOwnFiles, let file = file(of: thread) else { return false }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1025) { text in
            guard let start = text.baseAddress else { return false }
            let count = pread(file, start, 1024, 0)
            guard count > 0 else {
                forget(thread)
                return false
            }
            start[count] = 0
            return isTrue(start)
        }
    }

    private mutating func file(of thread: Int32) -> Int32? {
        let own = machine_own_thread()
        // The table of descriptors ended with the thread that had it.
        if own != owner { (files, owner) = ([:], own) }
        if let file = files[thread] { return file }
        if files.count >= Self.most { for thread in Array(files.keys) { forget(thread) } }
        let file = machine_open("/proc/self/task/\(thread)/stat", O_RDONLY)
        guard file >= 0 else { return nil }
        files[thread] = file
        return file
    }

    private mutating func forget(_ thread: Int32) {
        if let file = files.removeValue(forKey: thread) { close(file) }
    }

    private static func mask(in text: UnsafeMutablePointer<CChar>) -> UInt64 {
        guard var at = strrchr(text, 0x29) else { return 0 }
        for _ in 0...maskField {
            guard let blank = strchr(at + 1, 0x20) else { return 0 }
            at = blank
        }
        return UInt64(strtoul(at, nil, 10))
    }
}
