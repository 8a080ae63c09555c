import CMachine
import Glibc

/// Appends records to a shared mapping of a file, so that what is written survives the process.
///
/// Any thread of the program may append, but no signal handler. The window that is mapped moves along
/// the file; a file that cannot grow makes the writer fall silent rather than harm the program.
public final class LogWriter: @unchecked Sendable {
    // Every use of the fields below is under `mutex`; that is why the class may call itself Sendable.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let path: String
    private var window: UnsafeMutableRawPointer?
    private var windowStart = 0
    private var position = 0
    private var encoder = RecordEncoder()
    private var isClosed = false
    private var mappedLength = 0

    private static let windowSizes = (first: 64 << 10, next: 4 << 20)

    /// Creates the log at `path`; `nil` (and `errno`) where that cannot be.
    public init?(path: String) {
        self.path = path
        let file = machine_open(path, O_RDWR | O_CREAT | O_TRUNC)
        guard file >= 0 else { return nil }
        Glibc.close(file)
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        guard moveWindow(toHold: LogLayout.headerSize) else { return nil }
        window?.storeBytes(of: LogLayout.magic, as: UInt64.self)
        window?.storeBytes(of: LogLayout.version, toByteOffset: 8, as: UInt64.self)
        position = LogLayout.headerSize
    }

    /// Appends one record. Costs a copy and, once every few thousand records, a system call.
    public func append(_ record: LogRecord) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        encoder.removeAll()
        record.encode(into: &encoder)
        encoder.bytes.withUnsafeBytes { write($0, as: record.kind.rawValue) }
    }

    private func write(_ payload: UnsafeRawBufferPointer, as kind: UInt32) {
        let size = LogLayout.recordHeaderSize + LogLayout.padded(payload.count)
        guard payload.count <= LogLayout.largestPayload, moveWindow(toHold: size), let window else { return }
        let record = window + (position - windowStart)
        if let bytes = payload.baseAddress { (record + LogLayout.recordHeaderSize).copyMemory(from: bytes, byteCount: payload.count) }
        record.storeBytes(of: LogLayout.sum(kind: kind, payload: payload), toByteOffset: 8, as: UInt64.self)
        // The kind makes the record valid, so it is written last, in one store with the size.
        machine_store_release(record.assumingMemoryBound(to: UInt64.self), UInt64(payload.count) << 32 | UInt64(kind))
        position += size
    }

    /// Makes sure that `size` bytes behind `position` are mapped.
    private func moveWindow(toHold size: Int) -> Bool {
        guard !isClosed else { return false }
        if window != nil, position + size <= windowStart + mappedLength { return true }
        unmapWindow()
        let start = position & ~4095
        let usual = position == 0 ? Self.windowSizes.first : Self.windowSizes.next
        let length = max(usual, (position - start + size + 4095) & ~4095)
        // Opened for the moment only: a program may close all files and have one of its own under the number.
        let file = machine_open(path, O_RDWR)
        guard file >= 0 else { return false }
        defer { Glibc.close(file) }
        guard posix_fallocate(file, off_t(start), off_t(length)) == 0 else { return false }
        guard let map = machine_map(UInt(length), MAP_SHARED, file, off_t(start)) else { return false }
        window = map
        windowStart = start
        mappedLength = length
        return true
    }

    private func unmapWindow() {
        if let window { munmap(window, mappedLength) }
        window = nil
    }

    /// Ends the log: nothing is appended any more. What was grown and not used stays zero, as a reader expects.
    public func close() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        unmapWindow()
        isClosed = true
    }

    /// For a forked child, which must not write into its parent's log. Takes no lock: the thread
    /// that held it may not exist here.
    public func abandon() {
        unmapWindow()
        isClosed = true
    }
}
