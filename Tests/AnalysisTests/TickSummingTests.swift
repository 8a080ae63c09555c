import ProfileModel
import Statistics
import Testing

@testable import Analysis

/// The sums that are made along shared chains, against the same sums made the plain way.
struct TickSummingTests {
    @Test(arguments: [1, 2, 3])
    func agreesWithPlainSums(threads: Int) throws {
        let profile = scrambled(threads: threads)
        let places = RunPlaces(profile)
        let series = TickSeries(profile, try Scope(profile, within: nil))
        for (charge, isTotal) in [(places.functionSelf, false), (places.functionTotal, true)] {
            let sums = series.sums(charge)
            for place in 0..<charge.placeCount {
                expectEqual(sums[place], plain(profile, FunctionID(place), isTotal))
            }
        }
    }

    /// Ticks with gaps, random depth, recursion, threads that come and go, weights that differ.
    private func scrambled(threads: Int) -> Profile {
        var run = PlantedRun(clock: .cpu, threads: Array(repeating: 1, count: threads))
        var state: UInt64 = 42
        func draw(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }
        for number in 0..<200 where draw(8) > 0 {
            for thread in 0..<threads where thread == 0 || draw(3) > 0 {
                let stack = run.stack((0..<draw(6)).map { _ in "f\(draw(4))" })
                run.profile.samples.append(
                    Sample(stack: stack, thread: thread, tick: number, count: 1, nanoseconds: Int64(1 + draw(3))))
            }
        }
        return run.profile
    }

    /// Windows end where a tick was not taken, and before a partial last interval.
    @Test func windowsAreFourTakenInARow() throws {
        var run = PlantedRun()
        let stack = run.stack(["f"])
        for number in [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11] {
            run.profile.samples.append(
                Sample(stack: stack, thread: 0, tick: number, count: 1, nanoseconds: Int64(1 + number % 2)))
        }
        var ledger = Ledger()
        ledger.due = 12
        run.profile.ledger = ledger
        let totals = TickSeries(run.profile, try Scope(run.profile, within: nil)).totals
        #expect(totals.pairs == 8)
        #expect(totals.windows == 4)
    }

    private func plain(_ profile: Profile, _ function: FunctionID, _ isTotal: Bool) -> TickSums {
        var seen: [Int: (y: Double, w: Double)] = [:]
        for sample in profile.samples {
            let frames = profile.stacks.frames(of: sample.stack).map { profile.locations[$0.index].function }
            let isOn = isTotal ? frames.contains(function) : frames.first == function
            seen[sample.tick ?? 0, default: (0, 0)].w += Double(sample.nanoseconds)
            seen[sample.tick ?? 0, default: (0, 0)].y += isOn ? Double(sample.nanoseconds) : 0
        }
        var sums = TickSums()
        for (tick, (y, w)) in seen {
            sums.y += y
            sums.yy += y * y
            sums.yw += y * w
            sums.on += y > 0 ? 1 : 0
            sums.full += y == w ? 1 : 0
            guard let next = seen[tick + 1] else { continue }
            sums.dydy += (y - next.y) * (y - next.y)
            sums.dydw += (y - next.y) * (w - next.w)
            guard let third = seen[tick + 2], let fourth = seen[tick + 3] else { continue }
            let (dy, dw) = (combined(y, next.y, third.y, fourth.y), combined(w, next.w, third.w, fourth.w))
            sums.d3yd3y += dy * dy
            sums.d3yd3w += dy * dw
        }
        return sums
    }

    private func combined(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
        let factors = DifferenceSequence.ofPairs
        return factors[0] * (a - b) + factors[1] * (b - c) + factors[2] * (c - d)
    }

    private func expectEqual(_ a: TickSums, _ b: TickSums) {
        #expect(isClose(a.y, b.y) && isClose(a.yy, b.yy) && isClose(a.yw, b.yw))
        #expect(a.on == b.on && a.full == b.full)
        #expect(isClose(a.dydy, b.dydy) && isClose(a.dydw, b.dydw))
        #expect(isClose(a.d3yd3y, b.d3yd3y) && isClose(a.d3yd3w, b.d3yd3w))
    }
}
