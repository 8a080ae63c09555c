import Analysis
import Glibc
import ProfileModel
import Running

/// What designs' probes cost on an interpreter: measured, or as it was stored.
struct Calibrating {
    /// Rounds of the calibrating program where a run waits for them.
    private static let quick = 5

    let interpreter: Interpreter
    let clock: Clock
    let facts: CalibrationFacts
    let store: CalibrationStore

    init(_ interpreter: Interpreter, clock: Clock) async throws {
        self.interpreter = interpreter
        self.clock = clock
        facts = try await CalibrationFacts(of: interpreter)
        store = CalibrationStore(facts)
    }

    /// What came of it by design.
    struct Measured {
        var costs: [Design: ProbeCosts] = [:]
        /// Why a design could not be calibrated.
        var refusals: [Design: String] = [:]

        func caveat(of design: Design) -> Caveat? {
            guard costs[design] == nil else { return nil }
            let why = refusals[design] ?? "it told too little of the calibrating program"
            return Caveat(code: "not-calibrated", text: "`\(design.rawValue)` could not be calibrated: \(why).")
        }
    }

    func measure(_ designs: [Design], rounds count: Int) async throws -> Measured {
        let runs = CalibrationRuns(interpreter, designs: designs, clock: clock)
        let progress = Progress(total: count)
        defer { progress.clear() }
        var outcomes: [CalibrationRuns.Outcome] = []
        for round in 1...count {
            progress.show(round: round, arm: "calibrating")
            outcomes.append(try await runs.next())
        }
        return designs.reduce(into: Measured()) { measured, design in
            measured.costs[design] = ProbeCalibration.costs(of: design, outcomes)
            measured.refusals[design] = outcomes.lazy.compactMap { $0.refusals[design] }.first
        }
    }

    /// What a run needs: stored costs where they hold, else new ones, made quickly and stored.
    ///
    /// - Parameter selecting: whether `lines` is to trace some functions only.
    static func supply(_ designs: [Design], interpreter: Interpreter, clock: Clock, selecting: Bool = false) async -> CalibrationSupply {
        var supply = CalibrationSupply(isSelecting: selecting)
        let tracing = designs.filter { $0.kind == .tracing && !(selecting && $0.tellsLines) }
        guard !tracing.isEmpty, let calibrating = try? await Calibrating(interpreter, clock: clock) else { return supply }
        for design in tracing { supply.costs[design] = calibrating.store.costs(of: design, clock: clock) }
        let missing = tracing.filter { supply.costs[$0] == nil }
        guard !missing.isEmpty, let new = try? await calibrating.measure(missing, rounds: quick).costs, !new.isEmpty else { return supply }
        supply.costs.merge(new) { $1 }
        do throws(RunningError) { try calibrating.store.keep(new, clock: clock) } catch { supply.notKept = error.line }
        return supply
    }
}

/// The costs that are at hand.
struct CalibrationSupply {
    var costs: [Design: ProbeCosts] = [:]
    /// Whether `lines` traces some functions only.
    var isSelecting = false
    /// Why new ones could not be stored.
    var notKept: String?

    /// Does so with all profiles of a round that swprof took itself.
    func added(to outcome: RoundOutcome) -> RoundOutcome {
        var outcome = outcome
        for design in outcome.runs.keys where Design(rawValue: design) != nil {
            if var profile = outcome.runs[design]?.profile {
                add(to: &profile)
                outcome.runs[design]?.profile = profile
            }
        }
        return outcome
    }

    private func why(_ design: String) -> String {
        if isSelecting, Design(rawValue: design)?.tellsLines == true {
            return "With --trace the other functions' lines may cost too, and are not counted, so no time is compensated; trace all, or compare shares with those of `signal`."
        }
        return "What the probes of `\(design)` cost is not known here, so no time is compensated; `swprof calibrate` says why it could not be measured."
    }

    /// Puts a design's costs into a profile of its, or says that there are none.
    func add(to profile: inout Profile) {
        guard profile.kind == .tracing else { return }
        profile.probeCosts = Design(rawValue: profile.design).flatMap { costs[$0] }
        if profile.probeCosts == nil {
            profile.caveats.append(Caveat(code: "not-calibrated", text: why(profile.design)))
        } else if let notKept {
            profile.caveats.append(Caveat(code: "calibration-not-kept", text: "This run had to calibrate anew, and so will the next: \(notKept)."))
        }
    }
}

extension ProbeCalibration {
    fileprivate static func costs(of design: Design, _ outcomes: [CalibrationRuns.Outcome]) -> ProbeCosts? {
        let rounds = outcomes.compactMap { $0.profiled[design].map(CalibrationRound.init) }
        let checks = outcomes.compactMap { $0.checked[design].map(CalibrationRound.init) }
        return design.kind == .sampling
            ? SampleCalibration.costs(rounds, date: Today.text) : costs(rounds, checks: checks, date: Today.text)
    }
}

extension CalibrationRound {
    fileprivate init(_ run: CalibrationRuns.Profiled) {
        self.init(control: run.control, traced: run.printed, profile: run.profile)
    }
}

/// The date and time, as ISO 8601 in UTC.
private enum Today {
    static var text: String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
