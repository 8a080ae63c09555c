import CZlib
import Capture
import ProfileModel

/// Reads a timeline's file: every whole block before the first damage.
struct TimelineReader {
    private let bytes: UnsafeRawBufferPointer
    private var timeline = Timeline(run: Profile(design: "", kind: .tracing))
    private var events: UInt64 = 0
    private var isEnded = false
    private var hasHead = false
    private var hasSymbols = false

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    static func isTimeline(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= 8 && word(bytes, at: 0) == TimelineLayout.magic
    }

    /// - Parameter room: the most stretches that may be held in memory.
    static func read(_ bytes: UnsafeRawBufferPointer, room: Int) throws(FormatError) -> Timeline {
        guard isTimeline(bytes) else { throw TimelineFile.unknown }
        guard bytes.count >= TimelineLayout.headerSize else {
            throw .damaged("the timeline is cut short in its header")
        }
        let version = word(bytes, at: 8)
        guard version == TimelineLayout.version else {
            throw FormatError(
                "this timeline has version \(version), which this swprof does not know",
                remedy: "use the one that wrote it")
        }
        var reader = TimelineReader(bytes)
        try reader.readBlocks(room)
        return reader.timeline
    }

    private mutating func readBlocks(_ room: Int) throws(FormatError) {
        var at = TimelineLayout.headerSize
        while at < bytes.count, !isEnded, let block = block(at: at) {
            events += UInt64(block.header.events)
            guard events <= UInt64(room) else { throw Self.tooLong(room) }
            guard add(block) else { break }
            at += TimelineLayout.blockHeaderSize + Int(block.header.packed)
        }
        guard hasSymbols else { throw .damaged("the timeline is cut short or damaged before its first event") }
        if !isEnded || at < bytes.count {
            timeline.run.caveats.append(
                Caveat(
                    code: "damaged-timeline",
                    text: "The timeline is cut short or damaged from byte \(at) on; what came before counts."))
        }
    }

    private static func tooLong(_ room: Int) -> FormatError {
        FormatError(
            "the timeline has more than \(room) events, which do not fit into memory here",
            remedy: "record a shorter run, or replay it on a machine with more memory")
    }

    private struct Block {
        var header: TimelineLayout.BlockHeader
        var payload: [UInt8]
    }

    /// `nil` where there is no whole block.
    private func block(at: Int) -> Block? {
        guard bytes.count - at >= TimelineLayout.blockHeaderSize else { return nil }
        let numbers = (0..<6).map {
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at + 4 * $0, as: UInt32.self))
        }
        let header = TimelineLayout.BlockHeader(
            kind: numbers[0], thread: numbers[1], events: numbers[2], size: numbers[3], packed: numbers[4])
        let start = at + TimelineLayout.blockHeaderSize
        guard header.size <= TimelineLayout.largestPayload, Int(header.packed) <= bytes.count - start else {
            return nil
        }
        let packed = UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(header.packed)])
        guard TimelineLayout.sum(header, packed) == numbers[5] else { return nil }
        return Self.inflated(packed, size: Int(header.size)).map { Block(header: header, payload: $0) }
    }

    private static func inflated(_ packed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
        var length = UInt(size)
        let payload = [UInt8](unsafeUninitializedCapacity: max(1, size)) { room, count in
            let status = uncompress(
                room.baseAddress, &length, packed.bindMemory(to: UInt8.self).baseAddress, UInt(packed.count))
            count = status == Z_OK ? Int(length) : 0
        }
        return payload.count == size ? payload : nil
    }

    /// False where the block is not one that can stand there.
    private mutating func add(_ block: Block) -> Bool {
        switch TimelineLayout.Kind(rawValue: block.header.kind) {
        case .head? where !hasHead: return addHead(block.payload)
        case .symbols? where hasHead && !hasSymbols:
            hasSymbols = block.payload.withUnsafeBytes { addSymbols($0) }
            return hasSymbols
        case .stretches? where hasSymbols: return addStretches(block)
        case .end? where hasSymbols:
            isEnded = block.payload.withUnsafeBytes {
                var reading = PackedReading($0)
                return reading.number() == events
            }
            return isEnded
        default: return false
        }
    }

    private mutating func addHead(_ payload: [UInt8]) -> Bool {
        guard let run = try? PprofReader.read(payload), run.kind == .tracing else { return false }
        timeline.run = run
        timeline.run.samples = []
        timeline.threads = run.threads.map { _ in Timeline.Thread() }
        hasHead = true
        return true
    }

    private mutating func addSymbols(_ payload: UnsafeRawBufferPointer) -> Bool {
        var reading = PackedReading(payload)
        guard let functions = reading.functions() else { return false }
        guard let locations = reading.locations(functions: functions.count) else { return false }
        guard let stacks = reading.stacks(locations: locations.count), reading.isAtEnd else { return false }
        (timeline.run.functions, timeline.run.locations, timeline.run.stacks) = (functions, locations, stacks)
        return true
    }

    private mutating func addStretches(_ block: Block) -> Bool {
        let at = Int(block.header.thread)
        guard timeline.threads.indices.contains(at) else { return false }
        let stacks = timeline.run.stacks.count
        let (before, endBefore) = (timeline.threads[at].count, timeline.threads[at].end)
        let isWhole = block.payload.withUnsafeBytes { payload -> Bool in
            var reading = PackedReading(payload)
            guard var begin = reading.number(), begin <= Self.latest, Int64(begin) >= timeline.threads[at].end else {
                return false
            }
            if before > 0, Int64(begin) > endBefore {
                // Nobody knows what was in between.
                timeline.threads[at].append(Int32(StackID.empty.index), from: endBefore, to: Int64(begin))
            }
            for _ in 0..<block.header.events {
                guard let length = reading.number(), length <= Self.latest, begin + length <= Self.latest,
                    let stack = reading.index(below: stacks)
                else { return false }
                timeline.threads[at].append(Int32(stack), from: Int64(begin), to: Int64(begin + length))
                begin += length
            }
            return reading.isAtEnd
        }
        if !isWhole { timeline.threads[at].removeStretches(behind: before, end: endBefore) }
        return isWhole
    }

    /// No run takes centuries.
    private static let latest: UInt64 = 1 << 62

    private static func word(_ bytes: UnsafeRawBufferPointer, at: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
}

extension Timeline.Thread {
    /// Takes back what was added of a block that turned out to be none.
    fileprivate mutating func removeStretches(behind count: Int, end: Int64) {
        self.end = end
        begins.removeLast(self.count - count)
        stacks.removeLast(stacks.count - count)
    }
}
