/// Writes what a thread's call tree has counted since it was last written.
///
/// The first time that is a record of what there is. What counts on has a place in the log, where it is written again and
/// again: a log grows with what is new, and not with time.
public struct CallCountsWriter {
    private let log: LogWriter
    public let thread: UInt32
    private var written: [CallCount] = []
    private var places: [CountsPlace] = []
    private var hasWritten = false
    /// Whether the log has no place, or no more; then all that changes is appended.
    private var appends = false

    private static let mostInARecord = 4096
    private static let firstPlace = 64

    public init(log: LogWriter, thread: UInt32) {
        self.log = log
        self.thread = thread
    }

    /// - Parameters:
    ///   - counts: of all nodes, in the order of their ids.
    ///   - isLast: whether there need be no others: places are given back, and what comes after all is appended.
    public mutating func write(_ counts: [CallCount], isLast: Bool = false) {
        if hasWritten, !isLast || !places.isEmpty, !appends { makePlaces(for: counts.count) }
        if places.isEmpty || appends { append(counts) } else { fill(counts) }
        written = counts
        hasWritten = true
        if isLast { giveBackPlaces() }
    }

    private mutating func giveBackPlaces() {
        places.forEach { $0.unmap() }
        places = []
        appends = true
    }

    private mutating func append(_ counts: [CallCount]) {
        let changed = counts.indices.filter { isChanged($0, counts) }.map { counts[$0] }
        for start in stride(from: 0, to: changed.count, by: Self.mostInARecord) {
            let part = changed[start..<min(start + Self.mostInARecord, changed.count)]
            log.append(.callCounts(thread: thread, counts: Array(part)))
        }
    }

    private mutating func fill(_ counts: [CallCount]) {
        for at in places.indices {
            let nodes = places[at].first..<min(counts.count, places[at].first + places[at].capacity)
            if nodes.contains(where: { isChanged($0, counts) }) { places[at].write(counts[nodes]) }
        }
    }

    private func isChanged(_ node: Int, _ counts: [CallCount]) -> Bool {
        node >= written.count || written[node] != counts[node]
    }

    private mutating func makePlaces(for count: Int) {
        var covered = places.last.map { $0.first + $0.capacity } ?? 0
        while covered < count {
            let capacity = min(Self.mostInARecord, max(Self.firstPlace, covered))
            guard let place = log.makePlace(thread: thread, first: covered, capacity: capacity) else {
                appends = true
                return
            }
            places.append(place)
            covered += capacity
            // All of it is new to the place.
            written.removeLast(max(0, written.count - place.first))
        }
    }
}
