import Glibc
import ProfileModel
import Statistics

/// Whether the program runs in step with periodic ticks, which looks constant from inside.
///
/// A random tenth of the ticks are probes, moved by a uniform part of the interval. Where a function is
/// in lockstep, the probes see it more or less often than the others do (Fisher's exact test), or at
/// some phases of the interval more than at others (Rayleigh's test).
struct LockstepDiagnosis {
    /// How likely one false alarm over all functions may be.
    private static let level = 0.01
    private static let mostNamed = 5

    private let series: TickSeries
    /// Nanoseconds between periodic ticks; `nil` where not known.
    private let interval: Double?
    /// All ticks, whatever they met.
    private var all = Sightings()

    init(_ series: TickSeries, rate: Double?) {
        self.series = series
        interval = rate.flatMap { $0 > 0 && $0.isFinite ? 1e9 / $0 : nil }
        for tick in series.ticks { all.add(isProbe: tick.isProbe, phase: phase(of: tick)) }
    }

    /// One caveat a function, most evident first: those in lockstep by self time or, where none is, by total time.
    func caveats(_ places: RunPlaces) -> [Caveat] {
        let onTop = sightings(places.functionSelf)
        let anywhere = sightings(places.functionTotal)
        let tests = Double((onTop + anywhere).count { $0.ticks > 0 } * 2)
        for sightings in [onTop, anywhere] {
            let found = zip(places.functions.keys, sightings)
                .map { (function: $0, evidence: evidence($1, tests)) }
                .filter { $0.evidence.p < Self.level }
                .sorted { $0.evidence.p < $1.evidence.p }
            guard found.isEmpty else { return found.prefix(Self.mostNamed).map(caveat) }
        }
        return []
    }

    /// How often one function was seen, and at which phases.
    private struct Sightings {
        var periodic = 0
        var probes = 0
        var phased = 0.0
        var cosines = 0.0
        var sines = 0.0
        var ticks: Int { periodic + probes }

        mutating func add(isProbe: Bool, phase: (cosine: Double, sine: Double)?) {
            periodic += isProbe ? 0 : 1
            probes += isProbe ? 1 : 0
            guard isProbe, let phase else { return }
            phased += 1
            cosines += phase.cosine
            sines += phase.sine
        }

        var phasesByChance: Double { RayleighTest.p(count: phased, cosines: cosines, sines: sines) }
    }

    private struct Evidence {
        var p: Double
        var text: String
    }

    private func sightings(_ occupancy: Occupancy) -> [Sightings] {
        var sightings = [Sightings](repeating: Sightings(), count: occupancy.placeCount)
        var lastTick = [Int](repeating: -1, count: occupancy.placeCount)
        for (index, tick) in series.ticks.enumerated() {
            let phase = phase(of: tick)
            for row in series.rows[tick.rows] {
                var node = Int(occupancy.head[row.stack])
                while node != 0 {
                    let place = Int(occupancy.place[node])
                    if lastTick[place] != index { sightings[place].add(isProbe: tick.isProbe, phase: phase) }
                    lastTick[place] = index
                    node = Int(occupancy.next[node])
                }
            }
        }
        return sightings
    }

    private func phase(of tick: TickSeries.Tick) -> (cosine: Double, sine: Double)? {
        guard tick.isProbe, let interval, let instant = tick.instant else { return nil }
        let angle = 2 * Double.pi * Double(instant).truncatingRemainder(dividingBy: interval) / interval
        return (cos(angle), sin(angle))
    }

    /// Both tests, adjusted for the number of all tests made (Bonferroni). Where the probes themselves
    /// were not spread evenly, their phases say nothing of the program.
    private func evidence(_ seen: Sightings, _ tests: Double) -> Evidence {
        let frequency = tests * FisherExactTest.p(seen.periodic, of: all.periodic, seen.probes, of: all.probes)
        let phases = all.phasesByChance > Self.level ? tests * seen.phasesByChance : tests
        guard frequency < Self.level else {
            return Evidence(p: phases, text: "probes meet it at some phases of the interval more than at others")
        }
        let periodic = percent(Double(seen.periodic) / Double(max(1, all.periodic)))
        let probes = percent(Double(seen.probes) / Double(max(1, all.probes)))
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
