import Capture

/// What of a log is counted and added up, held against what can be: a log that was made up may say anything.
extension CapturedRun {
    private static let largest = PprofHeader.largest
    private static let instants: ClosedRange<Int64> = 0...largest

    /// Whether every instant is one, and every sum one that can be told.
    var isCountable: Bool {
        instantsAreSound && ticks.allSatisfy(Self.isSound)
            && Self.addsUp(threads.values.map(\.cpu))
            && Self.addsUp(ticks.lazy.flatMap(\.threads).map { max(0, $0.cpu) }) && Self.addsUp(lives) && countsAddUp
            && facts["rate"].map { Double($0).map { $0 > 1e-3 && $0 < 1e9 } ?? false } ?? true
    }

    private var lives: [Int64] {
        let untold = untoldLives
        return threads.values.map { max(0, max($0.end, untold[$0.index]?.end ?? $0.end) - $0.begin) }
    }

    private var instantsAreSound: Bool {
        let accounted = [accounts?.first, accounts?.last].compactMap { $0 }.flatMap {
            [$0.instant, $0.cpu, $0.childrenCPU, $0.ownCPU, $0.othersCPU]
        }
        let named =
            [start, end ?? 0] + accounted + clocks.map(\.nanoseconds)
            + threads.values.flatMap { [$0.begin, $0.end, $0.cpu] }
        return named.allSatisfy(Self.instants.contains)
    }

    private static func isSound(_ tick: TickRecord) -> Bool {
        tick.number < 1 << 53 && instants.contains(tick.due) && instants.contains(tick.taken)
            && tick.threads.allSatisfy {
                instants.contains($0.instant) && instants.contains(abs(max($0.cpu, -largest)))
            }
    }

    /// Of a tracer, whose ticks become nanoseconds.
    private var countsAddUp: Bool {
        let counts = callCounts.values.flatMap(\.values)
        let seconds = counts.reduce(0.0) { $0 + Double($1.selfTicks) } * nanosecondsPerTick
        return Self.addsUp(counts.map { Int64(clamping: $0.calls) }) && seconds < Double(Self.largest)
    }

    private static func addsUp(_ values: some Sequence<Int64>) -> Bool {
        var sum: Int64 = 0
        for value in values {
            guard value <= largest - sum else { return false }
            sum += value
        }
        return true
    }
}
