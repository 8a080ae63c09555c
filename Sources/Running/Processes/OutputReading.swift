import Glibc

/// A pipe into which a process writes and that is read here until nobody can write any more.
final class OutputPipe {
    let reading: Int32
    /// For the process; closed here once that has been started.
    private(set) var writing: Int32

    init() throws(StartedProcess.Failure) {
        var ends: [Int32] = [0, 0]
        // Not for processes to inherit: one that did would keep the pipe open.
        guard let pipe2 = Self.pipe2, pipe2(&ends, O_CLOEXEC) == 0 else { throw StartedProcess.Failure(number: errno) }
        (reading, writing) = (ends[0], ends[1])
    }

    /// glibc declares it for GNU's dialect of C only, which is not how Swift sees it.
    private static let pipe2 = dlsym(nil, "pipe2").map {
        unsafeBitCast($0, to: (@convention(c) (UnsafeMutablePointer<Int32>?, Int32) -> Int32).self)
    }

    deinit {
        closeWriting()
        close(reading)
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    /// Reads several at once, each to its end.
    static func read(_ pipes: [(pipe: OutputPipe, take: (UnsafeRawBufferPointer) -> Void)]) {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { room.deallocate() }
        var polled = pipes.map { pollfd(fd: $0.pipe.reading, events: Int16(POLLIN), revents: 0) }
        while polled.contains(where: { $0.fd >= 0 }) {
            guard poll(&polled, nfds_t(polled.count), -1) > 0 else { continue }
            for index in polled.indices where polled[index].revents != 0 {
                let count = Glibc.read(polled[index].fd, room.baseAddress, room.count)
                if count > 0 { pipes[index].take(UnsafeRawBufferPointer(rebasing: room[..<count])) }
                // poll(2) leaves out what has a negative number.
                if count == 0 || count < 0 && errno != EINTR { polled[index].fd = -1 }
            }
        }
    }
}

/// What is kept of an output.
struct OutputRecord {
    private(set) var hash = OutputHash()
    private var end: OutputEnd

    /// - Parameter longest: bytes of its end to keep; none for 0.
    init(keeping longest: Int) { end = OutputEnd(longest: longest) }

    mutating func add(_ part: UnsafeRawBufferPointer) {
        hash.add(part)
        end.add(part)
    }

    /// The end as text; `nil` where none was to be kept.
    var text: String? { end.longest > 0 ? String(decoding: end.bytes, as: UTF8.self) : nil }
}

/// The last bytes of an output.
struct OutputEnd {
    let longest: Int
    private(set) var bytes: [UInt8] = []

    init(longest: Int) { self.longest = longest }

    mutating func add(_ part: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: part.suffix(longest))
        if bytes.count > longest { bytes.removeFirst(bytes.count - longest) }
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): tells whether two outputs are the same.
public struct OutputHash: Sendable {
    public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    public init() {}

    public mutating func add(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}
