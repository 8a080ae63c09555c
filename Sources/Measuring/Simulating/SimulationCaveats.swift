import Analysis
import ProfileModel
import Running

/// What a reader of simulated figures has to know.
struct SimulationCaveats {
    private let timeline: Timeline
    private let settings: ReplaySettings
    private let run: ReplayedRun

    init(_ timeline: Timeline, _ settings: ReplaySettings, _ run: ReplayedRun) {
        (self.timeline, self.settings, self.run) = (timeline, settings, run)
    }

    var all: [Caveat] { [periodic, instants, withoutLines, threads, repeated].compactMap { $0 } }

    private var periodic: Caveat? {
        guard settings.schedule == .periodic, run.profile.instantsAreOwn else { return nil }
        return Caveat(
            code: "periodic-no-interval",
            text:
                "A report prints no interval for periodic ticks, so nothing covers; the error of one run says how far off it is."
        )
    }

    private var instants: Caveat? {
        guard !run.profile.instantsAreOwn else { return nil }
        return Caveat(
            code: "instants-not-ours",
            text:
                "The program decides when \(settings.design.rawValue) may look, so a report prints no interval, and nothing covers."
        )
    }

    private var withoutLines: Caveat? {
        let run = timeline.run
        guard settings.design == .gil, !run.locations.contains(where: { $0.line > 0 }),
            !run.functions.contains(where: \.isC)
        else { return nil }
        return Caveat(
            code: "gil-needs-lines",
            text:
                "The timeline tells neither lines nor C functions, so long C calls that keep a sampler waiting are not seen: record with --design lines."
        )
    }

    private var threads: Caveat? {
        guard settings.design == .gil, timeline.threads.count > 1 else { return nil }
        return Caveat(
            code: "gil-holder-guessed",
            text:
                "Which of several threads has the GIL is not recorded: it is taken to be the one that came to something new last."
        )
    }

    private var repeated: Caveat? {
        guard run.length > run.period else { return nil }
        return Caveat(
            code: "timeline-repeated",
            text: "The run is longer than the timeline, which is replayed again and again.")
    }
}
