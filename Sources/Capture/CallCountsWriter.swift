/// Writes what a thread's call tree has counted since it was last written.
public struct CallCountsWriter {
    private let log: LogWriter
    public let thread: UInt32
    private var written: [CallCount] = []

    private static let mostInARecord = 4096

    public init(log: LogWriter, thread: UInt32) {
        self.log = log
        self.thread = thread
    }

    /// - Parameter counts: of all nodes, in the order of their ids.
    public mutating func write(_ counts: [CallCount]) {
        var changed: [CallCount] = []
        for (at, count) in counts.enumerated() where at >= written.count || written[at] != count {
            changed.append(count)
        }
        for start in stride(from: 0, to: changed.count, by: Self.mostInARecord) {
            let part = changed[start..<min(start + Self.mostInARecord, changed.count)]
            log.append(.callCounts(thread: thread, counts: Array(part)))
        }
        written = counts
    }
}
