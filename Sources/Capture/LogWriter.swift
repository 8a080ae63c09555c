import CMachine
import Glibc

/// Appends records to a shared mapping of a file, so that what is written survives the process.
///
/// Any thread of the program may append, but no signal handler. The window that is mapped moves along
/// the file. What a file that cannot grow does not take is counted, and the log says so: in the room that is kept for
/// that, and again with the count where there is room later.
public final class LogWriter: @unchecked Sendable {
    // Every use of the fields below is under `mutex`; that is why the class may call itself Sendable.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let path: String
    private let isOneOfMany: Bool
    private var window: UnsafeMutableRawPointer?
    private var windowStart = 0
    private var position = 0
    private var encoder = RecordEncoder()
    private var isClosed = false
    private var mappedLength = 0
    /// Records that found no room since it was last told, and when to look for room again, in nanoseconds.
    private var refused = 0
    private var retryAt: Int64 = 0
    private var hasToldOfNoRoom = false

    /// Bytes at a window's end for the word that there is no room.
    private static let reserve = 512
    /// To ask a full file system for room takes milliseconds, for each record would stop the program.
    private static let retryEvery: Int64 = 100_000_000

    private static let windowSizes = (first: 64 << 10, next: 4 << 20)

    /// Creates the log at `path`; `nil` (and `errno`) where that cannot be.
    ///
    /// - Parameter isOneOfMany: whether it takes no more room on the disk than twice what is written.
    public init?(path: String, isOneOfMany: Bool = false) {
        self.path = path
        self.isOneOfMany = isOneOfMany
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

    /// Appends one record; false where there was no room. Costs a copy and, once every few thousand records, a system call.
    @discardableResult
    public func append(_ record: LogRecord) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard refused == 0 || KernelClock.now() >= retryAt, write(record, reserving: Self.reserve) else {
            refuse()
            return false
        }
        guard refused > 0 else { return true }
        let missing = refused
        refused = 0
        tellOfNoRoom("the capture log could not grow for a while, and \(missing) of its records are missing")
        return true
    }

    /// Appends a place for the counts of so many nodes of a thread; `nil` where there is no room for it, or no way to it.
    public func makePlace(thread: UInt32, first: Int, capacity: Int) -> CountsPlace? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let payload = CountsPlace.payloadSize(capacity)
        let size = LogLayout.recordHeaderSize + payload
        guard refused == 0, hasRoom(size + Self.reserve) || moveWindow(toHold: size + Self.reserve), let window else {
            return nil
        }
        let start = position & ~4095
        let length = position + size - start
        let file = machine_open(path, O_RDWR)
        guard file >= 0 else { return nil }
        defer { Glibc.close(file) }
        guard let map = machine_map(UInt(length), MAP_SHARED, file, off_t(start)) else { return nil }
        // A forked child has no business there.
        madvise(map, length, MADV_DONTFORK)
        let record = window + (position - windowStart)
        let numbers = [UInt64(thread), UInt64(first), UInt64(capacity)]
        let kind = LogRecordKind.countsPlace.rawValue
        numbers.withUnsafeBytes { head in
            (record + LogLayout.recordHeaderSize).copyMemory(
                from: head.baseAddress.unsafelyUnwrapped, byteCount: head.count)
            record.storeBytes(of: LogLayout.sum(kind: kind, payload: head), toByteOffset: 8, as: UInt64.self)
        }
        machine_store_release(record.assumingMemoryBound(to: UInt64.self), UInt64(payload) << 32 | UInt64(kind))
        defer { position += size }
        return CountsPlace(
            first: first, capacity: capacity, payload: map + (position - start) + LogLayout.recordHeaderSize, map: map,
            mapLength: length)
    }

    private func refuse() {
        if isClosed { return }
        if refused == 0 || KernelClock.now() >= retryAt { retryAt = KernelClock.now() + Self.retryEvery }
        refused += 1
        guard !hasToldOfNoRoom else { return }
        hasToldOfNoRoom = true
        tellOfNoRoom("the capture log could not grow (a full disk, or a limit of the size of files)")
    }

    private func tellOfNoRoom(_ what: String) {
        _ = write(.note(code: "log-full", text: what + ": nothing here is exact or whole"), reserving: 0)
    }

    /// Whether there was room.
    private func write(_ record: LogRecord, reserving reserve: Int) -> Bool {
        encoder.removeAll()
        record.encode(into: &encoder)
        return encoder.bytes.withUnsafeBytes { write($0, as: record.kind.rawValue, reserving: reserve) }
    }

    private func write(_ payload: UnsafeRawBufferPointer, as kind: UInt32, reserving reserve: Int) -> Bool {
        let size = LogLayout.recordHeaderSize + LogLayout.padded(payload.count)
        guard payload.count <= LogLayout.largestPayload,
            hasRoom(size + reserve) || reserve > 0 && moveWindow(toHold: size + reserve),
            let window
        else { return false }
        let record = window + (position - windowStart)
        if let bytes = payload.baseAddress {
            (record + LogLayout.recordHeaderSize).copyMemory(from: bytes, byteCount: payload.count)
        }
        record.storeBytes(of: LogLayout.sum(kind: kind, payload: payload), toByteOffset: 8, as: UInt64.self)
        // The kind makes the record valid, so it is written last, in one store with the size.
        machine_store_release(record.assumingMemoryBound(to: UInt64.self), UInt64(payload.count) << 32 | UInt64(kind))
        position += size
        return true
    }

    private func hasRoom(_ size: Int) -> Bool { window != nil && position + size <= windowStart + mappedLength }

    /// Has `size` bytes behind `position` be mapped. Where that cannot be, the window stays where it is.
    private func moveWindow(toHold size: Int) -> Bool {
        guard !isClosed else { return false }
        let start = position & ~4095
        let usual =
            position == 0
            ? Self.windowSizes.first
            : isOneOfMany ? min(Self.windowSizes.next, max(Self.windowSizes.first, start)) : Self.windowSizes.next
        let length = max(usual, (position - start + size + 4095) & ~4095)
        // Opened for the moment only: a program may close all files and have one of its own under the number.
        let file = machine_open(path, O_RDWR)
        guard file >= 0 else { return false }
        defer { Glibc.close(file) }
        // Past the limit the kernel would send the program a signal.
        let refusal =
            UInt64(start + length) <= machine_file_size_limit()
            ? posix_fallocate(file, off_t(start), off_t(length)) : EFBIG
        guard refusal == 0 else {
            machine_fail(refusal)
            return false
        }
        guard let map = machine_map(UInt(length), MAP_SHARED, file, off_t(start)) else { return false }
        unmapWindow()
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
        if isOneOfMany { truncate(path, off_t(position)) }
        isClosed = true
    }

    /// For a forked child, which must not write into its parent's log. Takes no lock: the thread
    /// that held it may not exist here.
    public func abandon() {
        unmapWindow()
        isClosed = true
    }
}
