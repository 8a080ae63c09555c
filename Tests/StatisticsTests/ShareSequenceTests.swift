import Glibc
@testable import Statistics
import Testing

/// Over whole runs that are looked at again and again: how many have an interval that ever excludes the truth of its look.
@Suite struct ShareSequenceTests {
    private static let runs = 300
    private static let ticks = 600

    /// A program of places that take turns, in intervals: which one runs when.
    private struct Turns {
        var places: Int
        /// By turn, its place and how many intervals it lasts.
        var turns: [(place: Int, length: Double)] = []

        init(places: Int, mean: Double, until end: Double, _ random: inout SplitMix) {
            self.places = places
            var at = 0.0
            while at < end {
                let length = -mean * log(1 - Double.random(in: 0..<1, using: &random))
                // Early in the run the first ones are likelier: shares drift.
                let place = Int(
                    Double(places) * Double.random(in: 0..<1, using: &random) * min(1, (at + end / 4) / end))
                turns.append((min(place, places - 1), length))
                at += length
            }
        }

        /// The time of each place within intervals, one after the other.
        func times(intervals: Int) -> [[Double]] {
            var all = [[Double]](repeating: [Double](repeating: 0, count: places), count: intervals)
            var at = 0.0
            for turn in turns {
                let end = min(at + turn.length, Double(intervals))
                while at < end {
                    let interval = Int(at)
                    let step = min(Double(interval + 1), end) - at
                    all[interval][turn.place] += step
                    // The last digit must not stop it.
                    at = step > 1e-12 ? at + step : at + 1e-12
                    if Int(at) >= intervals { break }
                }
            }
            return all
        }

        func place(at instant: Double) -> Int {
            var at = 0.0
            for turn in turns {
                at += turn.length
                if instant < at { return turn.place }
            }
            return turns.last?.place ?? 0
        }
    }

    private static func draw(_ chances: [Double], _ random: inout SplitMix) -> Int {
        var left = Double.random(in: 0..<chances.reduce(0, +), using: &random)
        for (place, chance) in chances.enumerated() {
            left -= chance
            if left < 0 { return place }
        }
        return chances.count - 1
    }

    /// Whether any place's interval ever excludes its share, at looks every 25 ticks, each place with the error that its turn of
    /// being seen leaves it.
    private func jitteredFails(places: Int, mean: Double, error: Double, _ random: inout SplitMix) -> Bool {
        let times = Turns(places: places, mean: mean, until: Double(Self.ticks), &random).times(intervals: Self.ticks)
        var totals = WatchedTotals()
        var seen: [(place: Int, sequence: PlaceSequence)] = []
        var truth = [Double](repeating: 0, count: places)
        for (tick, chances) in times.enumerated() {
            let on = Self.draw(chances, &random)
            if !seen.contains(where: { $0.place == on }) { seen.append((on, PlaceSequence(unseenIn: totals))) }
            totals.add(weight: 1, lost: 0, edges: 0)
            for at in seen.indices { seen[at].sequence.add(seen[at].place == on ? 1 : 0, weight: 1, lost: 0) }
            for place in truth.indices { truth[place] += chances[place] }
            guard tick % 25 == 24 else { continue }
            for (order, one) in seen.enumerated() {
                let part = ShareSequence.partOfError(ofPlace: order + 1)
                let bounds = ShareSequence.jittered(one.sequence, totals, error: error * part)
                if excludes(bounds, truth[one.place] / Double(tick + 1)) { return true }
            }
        }
        return false
    }

    private func excludes(_ bounds: Bounds?, _ share: Double) -> Bool {
        bounds.map { share < $0.low - 1e-12 || share > $0.high + 1e-12 } ?? false
    }

    @Test(arguments: [(2, 0.3), (2, 5.0), (6, 2.0), (6, 60.0), (40, 10.0)])
    func jitteredSharesAreNeverExcludedAtAnyLook(places: Int, mean: Double) {
        var random = SplitMix(state: UInt64(places) + UInt64(mean * 10))
        let failing = (0..<Self.runs).count { _ in
            jitteredFails(places: places, mean: mean, error: 0.05, &random)
        }
        #expect(Double(failing) <= 0.05 * Double(Self.runs))
    }

    /// Holding at all times costs about twice the width of one look, and no more.
    @Test func theyAreNotValidBySheerWidth() {
        var random = SplitMix(state: 5)
        var widest = 0.0
        var totals = WatchedTotals()
        var place = PlaceSequence(unseenIn: totals)
        for tick in 1...20_000 {
            totals.add(weight: 1, lost: 0, edges: 0)
            place.add(Double.random(in: 0..<1, using: &random) < 0.3 ? 1 : 0, weight: 1, lost: 0)
            guard tick == 1000 || tick == 20_000, let bounds = ShareSequence.jittered(place, totals, error: 0.05),
                let fixed = ShareInterval.fixed(place.share(of: totals), of: Double(tick))
            else { continue }
            widest = max(widest, (bounds.high - bounds.low) / (fixed.high - fixed.low))
        }
        #expect(widest > 1 && widest < 2.2)
    }

    /// Phases of many intervals are known better than independent ticks would be.
    @Test func longPhasesMakeThemNarrow() {
        func width(phase: Int) -> Double {
            var totals = WatchedTotals()
            var place = PlaceSequence(unseenIn: totals)
            for tick in 0..<10_000 {
                totals.add(weight: 1, lost: 0, edges: 0)
                place.add(tick / phase % 2 == 0 ? 1 : 0, weight: 1, lost: 0)
            }
            return ShareSequence.jittered(place, totals, error: 0.05).map { $0.high - $0.low } ?? 1
        }
        #expect(width(phase: 500) < width(phase: 1) / 3)
    }

    /// Intervals of fixed confidence, looked at as often, fail far more than one run in twenty.
    @Test func fixedIntervalsDoNotHoldAtAllLooks() {
        var random = SplitMix(state: 9)
        let failing = (0..<Self.runs).count { _ in
            var (on, fails) = (0.0, false)
            for tick in 1...Self.ticks {
                on += Double.random(in: 0..<1, using: &random) < 0.3 ? 1 : 0
                guard tick % 25 == 0 else { continue }
                fails = fails || excludes(BinomialInterval.recommended(on, of: Double(tick), confidence: 0.95), 0.3)
            }
            return fails
        }
        #expect(Double(failing) > 0.15 * Double(Self.runs))
    }

    // MARK: Poisson ticks

    private func poissonFails(mean: Double, stacks: Int, error: Double, _ random: inout SplitMix) -> Bool {
        let turns = (0..<stacks).map { _ in Turns(places: 3, mean: mean, until: Double(Self.ticks), &random) }
        let times = turns.map { $0.times(intervals: Self.ticks) }
        var totals = WatchedTotals()
        var place = PlaceSequence(unseenIn: totals)
        var truth = 0.0
        var next = -log(1 - Double.random(in: 0..<1, using: &random))
        for interval in 0..<Self.ticks {
            while next < Double(interval + 1) {
                let on = Double(turns.count { $0.place(at: next) == 0 })
                totals.add(weight: Double(stacks), lost: 0, edges: 0)
                place.add(on, weight: Double(stacks), lost: 0)
                next -= log(1 - Double.random(in: 0..<1, using: &random))
            }
            truth += times.reduce(0) { $0 + $1[interval][0] }
            guard interval % 25 == 24 else { continue }
            let share = truth / Double((interval + 1) * stacks)
            if excludes(ShareSequence.poisson(place, totals, error: error), share) { return true }
        }
        return false
    }

    @Test(arguments: [(0.3, 1), (20.0, 1), (5.0, 3)])
    func poissonSharesAreNeverExcludedAtAnyLook(mean: Double, stacks: Int) {
        var random = SplitMix(state: UInt64(mean * 10) + UInt64(stacks))
        let failing = (0..<Self.runs).count { _ in poissonFails(mean: mean, stacks: stacks, error: 0.05, &random) }
        #expect(Double(failing) <= 0.05 * Double(Self.runs))
    }

    @Test func aPoissonSequenceIsAboutTwiceAsWideAsAnIntervalOfOneLook() {
        let low = PoissonPair.low(on: 3000, off: 7000, error: 0.05)
        let high = PoissonPair.high(on: 3000, off: 7000, error: 0.05)
        #expect(low < 0.3 && high > 0.3)
        #expect((high - low) / (2 * 1.96 * (0.3 * 0.7 / 10_000).squareRoot()) < 2.3)
        #expect(
            PoissonPair.low(on: 0, off: 100, error: 0.05) == 0 && PoissonPair.high(on: 100, off: 0, error: 0.05) == 1)
    }

    // MARK: Threads, and what is lost

    /// Threads that come and go, each on one of two places; ticks lose what stands on the first with a chance of 1 in 20.
    private func threadsFail(
        _ clock: (PlaceSequence, WatchedTotals, Double) -> Bounds?, running: Bool, _ random: inout SplitMix
    )
        -> Bool
    {
        var totals = WatchedTotals()
        var place = PlaceSequence(unseenIn: totals)
        var (truth, whole, before) = (0.0, 0.0, 1)
        for tick in 0..<Self.ticks {
            let threads = tick < 200 ? 1 : 5
            let part = tick % 90 < 45 ? 0.9 : 0.2
            let busy = running ? 0.6 : 1
            var (on, off, lost) = (0.0, 0.0, 0.0)
            for _ in 0..<threads where Double.random(in: 0..<1, using: &random) < busy {
                guard Double.random(in: 0..<1, using: &random) < part else { off += 1; continue }
                if Double.random(in: 0..<1, using: &random) < 0.05 { lost += 1 } else { on += 1 }
            }
            truth += part * Double(threads) * busy
            whole += Double(threads) * busy
            totals.add(weight: on + off, lost: lost, edges: Double(abs(threads - before)))
            place.add(on, weight: on + off, lost: lost)
            before = threads
            if tick % 25 == 24, excludes(clock(place, totals, 0.05), truth / whole) { return true }
        }
        return false
    }

    @Test func threadsThatComeAndGoAndLostTicksAreAllowedFor() {
        var random = SplitMix(state: 3)
        let wall = (0..<Self.runs).count { _ in
            threadsFail({ ShareSequence.jittered($0, $1, error: $2) }, running: false, &random)
        }
        let cpu = (0..<Self.runs).count { _ in
            threadsFail({ ShareSequence.jitteredRunning($0, $1, error: $2) }, running: true, &random)
        }
        #expect(Double(max(wall, cpu)) <= 0.05 * Double(Self.runs))
    }

    // MARK: Places that rest

    /// Adds ticks to a place that rests while it is not seen, and to one that never does.
    private func restingAndNot(_ random: inout SplitMix) -> (
        resting: PlaceSequence, always: PlaceSequence, WatchedTotals
    ) {
        var totals = WatchedTotals()
        var resting = PlaceSequence(unseenIn: totals)
        var always = resting
        for tick in 0..<2000 {
            let weight = Double.random(in: 0..<1, using: &random) < 0.6 ? 1.0 : 0
            let lost = Double.random(in: 0..<1, using: &random) < 0.02 ? 1.0 : 0
            let seen = tick % 500 < 50 && Double.random(in: 0..<1, using: &random) < 0.5 ? weight : 0
            if tick % 500 == 0 { resting = resting.awake(totals) }
            if tick % 500 == 100 { resting.rest(totals) }
            if tick % 500 < 100 { resting.add(seen, weight: weight, lost: lost) }
            always.add(seen, weight: weight, lost: lost)
            totals.add(weight: weight, lost: lost, edges: 0)
        }
        return (resting.awake(totals), always, totals)
    }

    @Test func aPlaceThatRestsHasTheSameSumsAndNoMoreError() throws {
        var random = SplitMix(state: 11)
        let (resting, always, totals) = restingAndNot(&random)
        #expect(resting.share(of: totals) == always.share(of: totals))
        for clock in [ShareSequence.jittered, ShareSequence.jitteredRunning] {
            let (a, b) = try (#require(clock(resting, totals, 0.05)), #require(clock(always, totals, 0.05)))
            #expect(abs((a.high - a.low) / (b.high - b.low) - 1) < 0.1)
        }
        #expect(
            ShareSequence.poisson(resting, totals, error: 0.05) == ShareSequence.poisson(always, totals, error: 0.05))
    }

    @Test func thereIsAPlaceAboveAllOthers() throws {
        var random = SplitMix(state: 12)
        let (resting, always, totals) = restingAndNot(&random)
        let greatest = try #require(PlaceSequence.greatest([PlaceSequence(unseenIn: totals), resting, always]))
        for clock in [ShareSequence.jittered, ShareSequence.jitteredRunning, ShareSequence.poisson] {
            let above = try #require(clock(greatest, totals, 0.05)).high
            for place in [resting, always] { #expect(try #require(clock(place, totals, 0.05)).high <= above) }
        }
        #expect(PlaceSequence.greatest([]) == nil)
    }

    @Test func thePartsOfTheErrorAddUpToTheError() {
        let places = (1...100_000).reduce(0) { $0 + ShareSequence.partOfError(ofPlace: $1) }
        #expect(places < 1 && places > 0.9999)
        let scales = [1, 2, 4, 8, 16, 32, 1024].map { ShareSequence.scale($0) }
        #expect(scales.map(\.scale) == [1, 2, 4, 8, 16, 32, 1024])
        #expect(scales.reduce(0) { $0 + $1.partOfError } < 1)
        #expect(ShareSequence.scale(5).scale == 8)
    }

    @Test func nothingSeenHasNoInterval() {
        let totals = WatchedTotals()
        let place = PlaceSequence(unseenIn: totals)
        #expect(ShareSequence.jittered(place, totals, error: 0.05) == nil)
        #expect(ShareSequence.jitteredRunning(place, totals, error: 0.05) == nil)
        #expect(ShareSequence.poisson(place, totals, error: 0.05) == nil && place.share(of: totals) == nil)
    }
}

extension ShareInterval {
    /// An interval of one look.
    fileprivate static func fixed(_ share: Double?, of n: Double) -> Bounds? {
        share.flatMap { Wilson.interval($0 * n, of: n, confidence: 0.95) }
    }
}
