import CZlib
import Capture
import Glibc
import ProfileModel

/// Writes a timeline block by block, so that of any length it takes little memory.
///
/// Errors are kept as `errno` until the file is ended; what is written after one is left out.
struct TimelineWriter {
    private let file: Int32
    private(set) var failure: Int32 = 0
    private var pending: [PendingBlock]
    private var events: UInt64 = 0

    /// One thread's stretches that wait for their block to be full.
    private struct PendingBlock {
        var begin: Int64 = 0
        var end: Int64 = 0
        var count = 0
        var payload = PackedBytes()
    }

    /// - Parameter run: with the functions, locations and stacks of all threads, and without samples.
    init(_ file: Int32, run: Profile) throws(FormatError) {
        self.file = file
        pending = run.threads.map { _ in PendingBlock() }
        put(TimelineLayout.littleEndian(TimelineLayout.magic) + TimelineLayout.littleEndian(TimelineLayout.version))
        var head = run
        (head.functions, head.locations, head.stacks, head.samples) = ([], [], StackTable(), [])
        put(.head, try PprofWriter.unpacked(head))
        put(.symbols, Self.symbols(run))
    }

    /// Adds a stretch of one thread; each begins where the thread's last one ended, or later.
    mutating func add(_ stack: Int, of thread: Int, from begin: Int64, to end: Int64) {
        guard end > begin else { return }
        let follows = pending[thread].count > 0 && pending[thread].end == begin
        if !follows || pending[thread].count == TimelineLayout.mostEvents { flush(thread) }
        if pending[thread].count == 0 {
            pending[thread].begin = begin
            pending[thread].payload.put(UInt64(begin))
        }
        pending[thread].payload.put(UInt64(end - begin))
        pending[thread].payload.put(UInt64(stack))
        pending[thread].end = end
        pending[thread].count += 1
        events += 1
    }

    /// Writes what is left, and the end.
    ///
    /// - Returns: `errno`, or 0.
    mutating func finish() -> Int32 {
        for thread in pending.indices { flush(thread) }
        var payload = PackedBytes()
        payload.put(events)
        put(.end, payload.bytes)
        return failure
    }

    private mutating func flush(_ thread: Int) {
        guard pending[thread].count > 0 else { return }
        put(.stretches, pending[thread].payload.bytes, thread: thread, events: pending[thread].count)
        pending[thread] = PendingBlock()
    }

    private mutating func put(_ kind: TimelineLayout.Kind, _ payload: [UInt8], thread: Int = 0, events: Int = 0) {
        guard let packed = Self.deflated(payload) else {
            failure = failure == 0 ? ENOMEM : failure
            return
        }
        let header = TimelineLayout.BlockHeader(
            kind: kind.rawValue, thread: UInt32(thread), events: UInt32(events), size: UInt32(payload.count),
            packed: UInt32(packed.count))
        let sum = packed.withUnsafeBytes { TimelineLayout.sum(header, $0) }
        put((header.numbers + [sum]).flatMap { TimelineLayout.littleEndian($0) } + packed)
    }

    private mutating func put(_ bytes: [UInt8]) {
        if failure == 0 { failure = FileBytes.put(bytes, into: file) }
    }

    private static func deflated(_ payload: [UInt8]) -> [UInt8]? {
        var size = compressBound(UInt(payload.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        // Quick: most of a timeline's regularity is in a few bytes.
        guard compress2(&packed, &size, payload, UInt(payload.count), 1) == Z_OK else { return nil }
        return Array(packed.prefix(Int(size)))
    }

    private static func symbols(_ run: Profile) -> [UInt8] {
        var bytes = PackedBytes()
        bytes.put(UInt64(run.functions.count))
        for function in run.functions {
            bytes.put(function.isC ? 0 : 1)
            bytes.put(UInt64(max(0, function.line)))
            bytes.put(function.name)
            bytes.put(function.qualname)
            if let file = function.file { bytes.put(file) }
        }
        bytes.put(UInt64(run.locations.count))
        for location in run.locations {
            bytes.put(UInt64(location.function.index))
            bytes.put(UInt64(max(0, location.line)))
        }
        bytes.put(UInt64(run.stacks.count))
        for stack in 1..<max(1, run.stacks.count) {
            bytes.put(UInt64(run.stacks.parents[stack]))
            bytes.put(UInt64(run.stacks.locations[stack].index))
        }
        return bytes.bytes
    }
}
