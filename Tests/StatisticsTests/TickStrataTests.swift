import Statistics
import Testing

/// Several processes' sums as one's: the share is Σ Wₖpₖ, and its variance Σ Wₖ²Vₖ.
@Suite struct TickStrataTests {
    /// One process's ticks, of which each saw the place by a part y of its weight w.
    private struct Ticks {
        var seen: [(y: Double, w: Double)] = []

        var totals: TickTotals {
            var totals = TickTotals()
            for (_, w) in seen {
                totals.w += w
                totals.ww += w * w
            }
            totals.ticks = Double(seen.count)
            totals.strata = totals.ticks
            for (a, b) in zip(seen, seen.dropFirst()) { totals.dwdw += (a.w - b.w) * (a.w - b.w) }
            totals.pairs = max(0, totals.ticks - 1)
            for window in windows(\.w) { totals.d3wd3w += window * window }
            totals.windows = max(0, totals.ticks - 3)
            return totals
        }

        var sums: TickSums {
            var sums = TickSums()
            for (y, w) in seen {
                sums.y += y
                sums.yy += y * y
                sums.yw += y * w
                sums.on += y > 0 ? 1 : 0
                sums.full += y == w ? 1 : 0
            }
            for (a, b) in zip(seen, seen.dropFirst()) {
                sums.dydy += (a.y - b.y) * (a.y - b.y)
                sums.dydw += (a.y - b.y) * (a.w - b.w)
            }
            for (dy, dw) in zip(windows(\.y), windows(\.w)) {
                sums.d3yd3y += dy * dy
                sums.d3yd3w += dy * dw
            }
            return sums
        }

        private func windows(_ part: ((y: Double, w: Double)) -> Double) -> [Double] {
            guard seen.count > 3 else { return [] }
            return (0..<seen.count - 3).map { at in
                (0..<3).reduce(0) { sum, step in
                    sum + DifferenceSequence.ofPairs[step] * (part(seen[at + step]) - part(seen[at + step + 1]))
                }
            }
        }
    }

    /// Processes of several lengths, shares, and numbers of threads that come and go.
    private func processes(seed: UInt64) -> [Ticks] {
        var random = SplitMix(state: seed)
        return (0..<Int.random(in: 2...6, using: &random)).map { _ in
            let share = Double.random(in: 0.1...0.9, using: &random)
            return Ticks(
                seen: (0..<Int.random(in: 60...300, using: &random)).map { _ in
                    let threads = Int.random(in: 1...3, using: &random)
                    let on = (0..<threads).count { _ in Double.random(in: 0..<1, using: &random) < share }
                    return (Double(on), Double(threads))
                })
        }
    }

    private func strata(_ processes: [Ticks]) -> (sums: TickSums, totals: TickTotals) {
        let strata = TickStrata(processes.map(\.totals))
        let sums = strata.sums(places: 1, partsAreKnown: true) { [processes[$0].sums] }
        return (sums[0], strata.totals)
    }

    private func isClose(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-12 * max(1, abs(b)) } ?? false }

    @Test(arguments: UInt64(1)...20)
    func sharesAndVariancesAreThoseOfTheProcesses(seed: UInt64) {
        let processes = processes(seed: seed)
        let (sums, totals) = strata(processes)
        let whole = processes.reduce(0) { $0 + $1.totals.w }
        func sum(_ figure: (Ticks, Double) -> Double?) -> Double {
            processes.reduce(0) { $0 + (figure($1, $1.totals.w / whole) ?? .nan) }
        }
        #expect(isClose(sums.share(of: totals), sum { ticks, w in ticks.sums.share(of: ticks.totals).map { w * $0 } }))
        #expect(
            isClose(
                ShareVariance.linearised(sums, totals),
                sum { ticks, w in ShareVariance.linearised(ticks.sums, ticks.totals).map { w * w * $0 } }))
        #expect(
            isClose(
                ShareVariance.collapsedStrata(sums, totals),
                sum { ticks, w in ShareVariance.collapsedStrata(ticks.sums, ticks.totals).map { w * w * $0 } }))
        #expect(
            isClose(
                ShareVariance.thirdDifferences(sums, totals),
                sum { ticks, w in ShareVariance.thirdDifferences(ticks.sums, ticks.totals).map { w * w * $0 } }))
    }

    @Test func oneProcessIsItself() {
        let ticks = processes(seed: 3)[0]
        let (sums, totals) = strata([ticks])
        #expect(totals == ticks.totals && sums.y == ticks.sums.y)
        #expect(isClose(sums.yy, ticks.sums.yy) && isClose(sums.dydw, ticks.sums.dydw))
    }

    /// Where every process is always at the place or never, no tick tells of scatter: what lies between processes stands for it.
    @Test func certaintyIsNotReadFromProcessesThatNeverChange() {
        let always = Ticks(seen: Array(repeating: (1, 1), count: 100))
        let never = Ticks(seen: Array(repeating: (0, 1), count: 100))
        let (sums, totals) = strata([always, never])
        #expect(isClose(ShareVariance.linearised(sums, totals), 0.25 / 200))
    }

    /// Without known parts the residuals are about the whole's share, as in one series.
    @Test func partsThatAreNotKnownAddTheirOwnScatter() {
        let processes = processes(seed: 5)
        let totals = TickStrata(processes.map(\.totals))
        let sums = totals.sums(places: 1, partsAreKnown: false) { [processes[$0].sums] }[0]
        let plain = Ticks(seen: processes.flatMap(\.seen))
        #expect(
            isClose(
                ShareVariance.linearised(sums, totals.totals),
                ShareVariance.linearised(plain.sums, plain.totals) ?? .nan))
    }

    /// Simulated pools of processes with known shares: the intervals cover.
    @Test(arguments: [TestSchedule.jittered, .poisson])
    func intervalsCover(schedule: TestSchedule) {
        var random = SplitMix(state: 11)
        var held = 0
        let trials = 400
        for _ in 0..<trials {
            // Each process is in the place for its first part, then never again.
            let parts = (0..<5).map { _ in Double.random(in: 0.05...0.95, using: &random) }
            let truth = parts.reduce(0, +) / 5
            let processes = parts.map { part in
                Ticks(
                    seen: (0..<200).map { number in
                        let at =
                            schedule == .jittered
                            ? (Double(number) + Double.random(in: 0..<1, using: &random)) / 200
                            : Double.random(in: 0..<1, using: &random)
                        return (at < part ? 1 : 0, 1)
                    })
            }
            let (sums, totals) = strata(processes)
            let bounds =
                schedule == .jittered ? ShareInterval.jittered(sums, totals) : ShareInterval.poisson(sums, totals)
            if let bounds, bounds.low <= truth, truth <= bounds.high { held += 1 }
        }
        // 95 % less three standard errors.
        #expect(Double(held) / Double(trials) > 0.917)
    }

    enum TestSchedule: Sendable { case jittered, poisson }
}
