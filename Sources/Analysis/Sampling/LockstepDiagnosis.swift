import Glibc
import ProfileModel
import Statistics

/// Whether the program runs in step with periodic ticks, which looks constant from inside.
///
/// A random tenth of the ticks are probes, moved by a uniform part of the interval. Where a function is
/// in lockstep, the probes see it more or less often than the others do (Fisher's exact test), or at
/// some phases of the interval, or of its half, more than at others.
struct LockstepDiagnosis {
    /// How likely one false alarm over all functions may be.
    private static let level = 0.01
    private static let mostNamed = 5
    /// One of how often, and one for each circle of phases.
    private static let testsOfFunction = 3.0

    private let series: TickSeries
    /// Nanoseconds between periodic ticks; `nil` where not known.
    private let interval: Double?
    /// All ticks, whatever they met.
    private var all = Sightings()

    init(_ series: TickSeries, rate: Double?) {
        self.series = series
        interval = rate.flatMap { $0 > 0 && $0.isFinite ? 1e9 / $0 : nil }
        for tick in series.ticks { all.add(isProbe: tick.isProbe, angle: angle(of: tick)) }
    }

    /// One caveat a function, most evident first: those in lockstep by self time or, where none is, by total time.
    func caveats(_ places: RunPlaces) -> [Caveat] {
        let onTop = sightings(places.functionSelf)
        let anywhere = sightings(places.functionTotal)
        let tests = Double((onTop + anywhere).count { $0.ticks > 0 }) * Self.testsOfFunction
        for sightings in [onTop, anywhere] {
            let found = zip(places.functions.keys, sightings)
                .map { (function: $0, evidence: evidence($1, tests)) }
                .filter { $0.evidence.p < Self.level }
                .sorted { $0.evidence.p < $1.evidence.p }
            guard found.isEmpty else { return found.prefix(Self.mostNamed).map(caveat) }
        }
        return []
    }

    /// How often one function was seen, and at which phases of the interval and of its half.
    private struct Sightings {
        var periodic = 0
        var probes = 0
        var phases = PhaseSums()
        var phasesOfHalf = PhaseSums()
        var ticks: Int { periodic + probes }

        mutating func add(isProbe: Bool, angle: Double?) {
            periodic += isProbe ? 0 : 1
            probes += isProbe ? 1 : 0
            guard isProbe, let angle else { return }
            phases.add(angle)
            phasesOfHalf.add(2 * angle)
        }

        func phasesByChance(of all: Sightings) -> Double {
            min(PhaseAssociation.p(phases, of: all.phases), PhaseAssociation.p(phasesOfHalf, of: all.phasesOfHalf))
        }
    }

    private struct Evidence {
        var p: Double
        var text: String
    }

    private func sightings(_ charge: Charge) -> [Sightings] {
        var sightings = [Sightings](repeating: Sightings(), count: charge.placeCount)
        var lastTick = [Int](repeating: -1, count: charge.placeCount)
        for (index, tick) in series.ticks.enumerated() {
            let angle = angle(of: tick)
            for row in series.rows[tick.rows] {
                var node = Int(charge.head[row.stack])
                while node != 0 {
                    let place = Int(charge.place[node])
                    if lastTick[place] != index { sightings[place].add(isProbe: tick.isProbe, angle: angle) }
                    lastTick[place] = index
                    node = Int(charge.next[node])
                }
            }
        }
        return sightings
    }

    private func angle(of tick: TickSeries.Tick) -> Double? {
        guard tick.isProbe, let interval, let instant = tick.instant else { return nil }
        return 2 * Double.pi * Double(instant).truncatingRemainder(dividingBy: interval) / interval
    }

    /// All tests, adjusted for how many are made (Bonferroni).
    private func evidence(_ seen: Sightings, _ tests: Double) -> Evidence {
        let frequency = tests * FisherExactTest.p(seen.periodic, of: all.periodic, seen.probes, of: all.probes)
        let phases = tests * seen.phasesByChance(of: all)
        guard frequency < Self.level else {
            return Evidence(p: phases, text: "probes meet it at some phases of the interval more than at others")
        }
        let periodic = Words.percent(Double(seen.periodic) / Double(max(1, all.periodic)), 1)
        let probes = Words.percent(Double(seen.probes) / Double(max(1, all.probes)), 1)
        return Evidence(
            p: min(frequency, phases), text: "periodic ticks meet it \(periodic) of the time, probes \(probes)")
    }

    private func caveat(_ found: (function: Function, evidence: Evidence)) -> Caveat {
        Caveat(
            code: "aliasing",
            text: "\(found.function.qualname) runs in lockstep with the ticks: \(found.evidence.text); "
                + "a tracer or another schedule is likelier to be right.")
    }
}
