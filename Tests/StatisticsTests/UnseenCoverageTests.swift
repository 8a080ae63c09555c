import Glibc
import Testing

@testable import Statistics

/// Whether the bound of what was not seen holds, whatever the program does and whenever it is looked at.
struct UnseenCoverageTests {
    private static let repeats = 400
    /// 400 repeats of which 5 % are wrong have 33 or more wrong ones in 1 of 400 cases.
    private static let mostWrong = 33

    private static let shapes: [[Double]] = [
        zipf(100, 1), zipf(1000, 1.5),
        Array(repeating: 1, count: 20), Array(repeating: 1, count: 200), Array(repeating: 1, count: 2000),
        [1000] + Array(repeating: 1, count: 1000),
        // What the bound of 3.1 looks rests on: one place of a little more than 3 looks.
        [968, 32], [940, 20, 20, 20],
    ]

    private static func zipf(_ count: Int, _ power: Double) -> [Double] {
        (1...count).map { (rank: Int) -> Double in 1 / pow(Double(rank), power) }
    }

    @Test(arguments: shapes.indices)
    func ofIndependentLooks(shape: Int) throws {
        var random = SplitMix(state: UInt64(shape))
        for looks in [100, 1000] {
            let places = Self.shapes[shape]
            let wrong = try (0..<Self.repeats).count { _ in
                try Self.isWrong(Timeline(blocks: places, order: Array(places.indices), looks: looks), &random) {
                    _, timeline, random in
                    Double.random(in: 0..<timeline.length, using: &random)
                }
            }
            #expect(wrong <= Self.mostWrong, "\(looks) looks: \(wrong) wrong")
        }
    }

    @Test(arguments: shapes.indices, [0.1, 1, 5, 50])
    func ofJitteredLooks(shape: Int, phase: Double) throws {
        var random = SplitMix(state: UInt64(shape) * 100 + UInt64(phase * 10))
        for looks in [100, 1000] {
            let wrong = try (0..<Self.repeats).count { _ in
                try Self.isWrong(Timeline(Self.shapes[shape], phase: phase, looks: looks, &random), &random) {
                    look, timeline, random in
                    (Double(look) + Double.random(in: 0..<1, using: &random)) * timeline.length / Double(looks)
                }
            }
            #expect(wrong <= Self.mostWrong, "\(looks) looks: \(wrong) wrong")
        }
    }

    /// What a program did when: blocks of time, each at one place.
    private struct Timeline {
        var ends: [Double] = []
        var order: [Int]
        var shares: [Double]
        let looks: Int
        var length: Double { ends.last ?? 0 }

        init(blocks: [Double], order: [Int], looks: Int) {
            self.order = order
            self.looks = looks
            for block in blocks { ends.append((ends.last ?? 0) + block) }
            shares = Array(repeating: 0, count: (order.max() ?? 0) + 1)
            for (block, place) in zip(blocks, order) { shares[place] += block / length }
        }

        /// Blocks of exponential lengths, of so many intervals between looks on average, at places drawn by their size.
        init(_ sizes: [Double], phase: Double, looks: Int, _ random: inout SplitMix) {
            let cumulated = sizes.indices.map { place in sizes[...place].reduce(0, +) }
            let drawn = (0...Int(Double(looks) / phase)).map { _ -> (Double, Int) in
                let at = Double.random(in: 0..<(cumulated.last ?? 1), using: &random)
                return (
                    -log(1 - Double.random(in: 0..<1, using: &random)),
                    UnseenCoverageTests.first(in: cumulated, above: at)
                )
            }
            self.init(blocks: drawn.map(\.0), order: drawn.map(\.1), looks: looks)
        }
    }

    private static func first(in ends: [Double], above at: Double) -> Int {
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > at { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func isWrong(
        _ timeline: Timeline, _ random: inout SplitMix, at instant: (Int, Timeline, inout SplitMix) -> Double
    ) throws -> Bool {
        var seen = Array(repeating: 0, count: timeline.shares.count)
        for look in 0..<timeline.looks {
            seen[timeline.order[first(in: timeline.ends, above: instant(look, timeline, &random))]] += 1
        }
        let truth = zip(seen, timeline.shares).reduce(0) { $0 + ($1.0 == 0 ? $1.1 : 0) }
        let unseen = try #require(GoodTuring.unseen(timesSeen: seen, looks: Double(timeline.looks)))
        return truth > unseen.high + 1e-12
    }
}
