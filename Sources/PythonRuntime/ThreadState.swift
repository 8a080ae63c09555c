import Glibc

/// What the kernel says of a thread.
enum ThreadState {
    /// Whether the thread waits for something, and so stands still.
    static func sleeps(_ thread: Int32) -> Bool {
        let file = open("/proc/self/task/\(thread)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            // The state stands behind the name, which is in parentheses and may hold some itself.
            guard count > 0, let close = buffer[..<count].lastIndex(of: UInt8(ascii: ")")), close + 2 < count else { return false }
            return buffer[close + 2] == UInt8(ascii: "S")
        }
    }
}
