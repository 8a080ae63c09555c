import Analysis

/// The rows of a call tree that are shown: as many as fit, by weight, none without those above it.
struct TreeSelection {
    struct Row {
        var finding: FoldedRow
        /// How many shown rows it stands beneath.
        var depth: Int
        /// How many functions above it are left out because they only pass their time on.
        var passed: Int
        /// Whether what it calls does nothing but wait, which is then no row of its own.
        var isWaiting: Bool
    }

    private(set) var rows: [Row] = []
    /// How many there are beside these.
    let rest: Int

    /// A function passes its time on where one function that it calls has this part of it.
    private static let passing = 0.97
    /// Chains of no more functions are shown whole.
    private static let shortest = 3

    init(_ all: [FoldedRow], most: Int) {
        let isPassed = Self.passed(all)
        let candidates = all.indices.filter { !isPassed[$0] && !($0 > 0 && all.isWaiting($0 - 1)) }
        let heaviest = candidates.sorted {
            (all[$1].total.share ?? 0, $0) < (all[$0].total.share ?? 0, $1)
        }.prefix(most)
        let shown = Set(heaviest)
        rest = candidates.count - shown.count
        var path: [(row: FoldedRow, isShown: Bool)] = []
        for at in all.indices {
            path.removeLast(max(0, path.count - all[at].depth))
            if shown.contains(at) {
                let passed = path.reversed().prefix { !$0.isShown }.count
                let depth = path.count { $0.isShown }
                rows.append(Row(finding: all[at], depth: depth, passed: passed, isWaiting: all.isWaiting(at)))
            }
            path.append((all[at], shown.contains(at)))
        }
    }

    /// Whether each row stands within a chain of functions that only pass their time on, and is neither end of it.
    private static func passed(_ rows: [FoldedRow]) -> [Bool] {
        var isPassed = [Bool](repeating: false, count: rows.count)
        var chain: [Int] = []
        for at in rows.indices {
            chain.append(at)
            if passesOn(at, rows) { continue }
            if chain.count > shortest { for inner in chain.dropFirst().dropLast() { isPassed[inner] = true } }
            chain = []
        }
        return isPassed
    }

    /// Rows come with their heaviest child first.
    private static func passesOn(_ at: Int, _ rows: [FoldedRow]) -> Bool {
        guard at + 1 < rows.count, rows[at].kind == .function, rows[at + 1].kind == .function,
            rows[at + 1].depth == rows[at].depth + 1
        else { return false }
        return (rows[at + 1].total.share ?? 0) >= passing * (rows[at].total.share ?? 0)
    }
}
