import Analysis
import Glibc
import ProfileModel
import Running

/// What designs' probes cost on an interpreter: measured, or as it was stored.
public struct Calibrating: Sendable {
    /// Rounds of the calibrating program where a run waits for them.
    private static let quick = 5

    private let interpreter: Interpreter
    private let clock: Clock
    public let facts: CalibrationFacts
    public let store: CalibrationStore

    public init(_ interpreter: Interpreter, clock: Clock) async throws(RunningError) {
        self.interpreter = interpreter
        self.clock = clock
        facts = try await CalibrationFacts(of: interpreter)
        store = CalibrationStore(facts)
    }

    /// What came of it by design.
    public struct Measured: Sendable {
        public var costs: [Design: ProbeCosts] = [:]
        /// Why a design could not be calibrated.
        public var refusals: [Design: String] = [:]

        public func caveat(of design: Design) -> Caveat? {
            guard costs[design] == nil else { return nil }
            let why = refusals[design] ?? "it told too little of the calibrating program"
            return Caveat(code: "not-calibrated", text: "`\(design.rawValue)` could not be calibrated: \(why).")
        }
    }

    public func measure(_ designs: [Design], rounds count: Int) async throws(RunningError) -> Measured {
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
    public static func supply(
        _ designs: [Design], interpreter: Interpreter, clock: Clock, selecting: Bool = false
    ) async -> CalibrationSupply {
        var supply = CalibrationSupply(isSelecting: selecting)
        let tracing = designs.filter { $0.kind == .tracing && $0.written == nil && !(selecting && $0.tellsLines) }
        guard !tracing.isEmpty, let calibrating = try? await Calibrating(interpreter, clock: clock) else {
            return supply
        }
        for design in tracing { supply.costs[design] = calibrating.store.costs(of: design, clock: clock) }
        let missing = tracing.filter { supply.costs[$0] == nil }
        guard !missing.isEmpty, let new = try? await calibrating.measure(missing, rounds: quick).costs, !new.isEmpty
        else { return supply }
        supply.costs.merge(new) { $1 }
        do throws(RunningError) { try calibrating.store.keep(new, clock: clock) } catch { supply.notKept = error.line }
        return supply
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
