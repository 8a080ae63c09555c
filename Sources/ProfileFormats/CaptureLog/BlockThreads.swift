import Capture

/// Tells which of a log's threads are a block's: its own, and those that came while it ran.
///
/// A notebook's or a test runner's threads wait beside it all the time, and would have most of the thread-time.
struct BlockThreads {
    /// Those that were there before, by the kernel's numbers; `nil` where all threads count.
    private let others: Set<Int32>?

    init(_ facts: [String: String]) {
        others = facts["others"].map { Set($0.split(separator: "\u{1f}").compactMap { Int32($0) }) }
    }

    /// - Parameter id: the kernel's number; a tracer's thread in which nothing has happened yet has none.
    func contains(_ id: Int32?) -> Bool {
        guard let others else { return true }
        return id.map { $0 != 0 && !others.contains($0) } ?? false
    }
}
