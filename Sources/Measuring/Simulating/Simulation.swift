import Analysis
import Foundation
import ProfileModel

/// Replays a sampler over a timeline, again and again, and finds what it would have said.
public struct Simulation: Sendable {
    private let timeline: Timeline
    private let settings: ReplaySettings
    private let within: String?
    private let isCompensated: Bool

    /// - Parameters:
    ///   - isCompensated: whether what recording took was taken out of the timeline.
    ///   - within: the function that the shares are parts of; `nil` for the whole.
    public init(_ timeline: Timeline, isCompensated: Bool, _ settings: ReplaySettings, within: String? = nil) {
        self.timeline = timeline
        self.isCompensated = isCompensated
        self.settings = settings
        self.within = within
    }

    /// - Parameter error: half the width of the interval that is wanted.
    public func findings(times: Int, error: Double) async throws(AnalysisError) -> SimulateFindings {
        let replay = Replay(timeline, settings)
        let found = try await replays(replay, times: times)
        var findings = SimulateFindings(
            times: times, timeline: SimulatedTimeline(timeline, compensated: isCompensated), sampler: sampler(replay),
            within: within, found)
        findings.suffices = Sufficiency(found.functions, findings.sampler, ticks: found.ticks).of(error: error)
        findings.caveats = timeline.run.caveats + SimulationCaveats(timeline, settings, replay.run).all
        return findings
    }

    /// The profile that one run of the sampler would have left.
    public func drawnProfile() -> Profile { Replay(timeline, settings).draw(0).profile }

    /// The self shares that the timeline has, by function.
    public func truths() throws(AnalysisError) -> [Function: Double] {
        let run = Replay(timeline, settings).run
        let estimator = try ReplayEstimator(run.profile, times: run.times, within: within)
        return Dictionary(zip(estimator.functions, estimator.own.truth)) { $0 + $1 }
    }

    private func sampler(_ replay: Replay) -> SimulatedSampler {
        SimulatedSampler(
            design: settings.design.rawValue, schedule: settings.schedule, rate: settings.rate,
            seconds: Double(replay.run.length) / 1e9, torn: settings.torn * 1e6, loss: settings.loss.part)
    }

    /// So many replays, shared out among the processors; the same seed gives the same findings on any number of them.
    private func replays(_ replay: Replay, times: Int) async throws(AnalysisError) -> ReplayFindings {
        let estimator = try ReplayEstimator(replay.run.profile, times: replay.run.times, within: within)
        let parts = await withTaskGroup(of: (Int, ReplayTally).self) { group in
            for part in 0..<min(times, Self.parts) {
                group.addTask {
                    var tally = ReplayTally(estimator)
                    for number in stride(from: part, to: times, by: Self.parts) {
                        let drawn = replay.draw(number)
                        tally.add(estimator.estimates(of: drawn.profile), drawn.sight, of: estimator)
                    }
                    return (part, tally)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        var whole = ReplayTally(estimator)
        for part in parts.keys.sorted() { if let tally = parts[part] { whole.add(tally) } }
        return whole.findings(estimator)
    }

    private static let parts = 32
}

// MARK: Rates

extension Simulation {
    /// The same sampler at other rates, each replayed as often as a fixed amount of work allows.
    ///
    /// - Parameter times: at most so many replays a rate.
    public func curve(_ rates: [Double], times: Int) async throws(AnalysisError) -> [SimulatedRate] {
        var curve: [SimulatedRate] = []
        for rate in rates {
            let (found, times) = try await scanned(rate, times: times)
            let hottest = found.functions.prefix(Self.hottest).map(\.share)
            let widths = hottest.compactMap(\.width)
            let errors = hottest.compactMap(\.error)
            curve.append(
                SimulatedRate(
                    rate: rate, times: times,
                    width: widths.isEmpty ? nil : widths.reduce(0, +) / Double(widths.count),
                    coverage: hottest.first?.coverage,
                    error: errors.isEmpty ? nil : errors.reduce(0, +) / Double(errors.count),
                    totalVariation: found.totalVariation?.value))
        }
        return curve
    }

    /// Rates at which periodic ticks run in step with the program: where the error of one run is far greater than that of as many
    /// independent ticks.
    public func aliasing(_ rates: [Double], times: Int) async throws(AnalysisError) -> [AliasedRate] {
        var found: [AliasedRate] = []
        for rate in rates {
            let (replays, _) = try await scanned(rate, times: times, schedule: .periodic)
            if let worst = Self.worst(replays), worst.ratio >= Self.outOfStep {
                found.append(AliasedRate(rate: rate, function: worst.function, ratio: worst.ratio, error: worst.error))
            }
        }
        return found.sorted { ($1.ratio, $0.rate) < ($0.ratio, $1.rate) }
    }

    private static func worst(_ found: ReplayFindings) -> (function: String, ratio: Double, error: Double)? {
        let errors = found.functions.compactMap { function -> (function: String, ratio: Double, error: Double)? in
            let truth = function.share.truth
            guard truth >= worthAliasing, truth <= 1 - worthAliasing, let error = function.share.error, found.ticks > 0
            else { return nil }
            let independent = (truth * (1 - truth) / found.ticks).squareRoot()
            return (function.qualname, error / independent, error)
        }
        return errors.max { $0.ratio < $1.ratio }
    }

    private func scanned(
        _ rate: Double, times: Int, schedule: Schedule? = nil
    ) async throws(AnalysisError) -> (ReplayFindings, times: Int) {
        var settings = settings
        settings.rate = rate
        settings.schedule = schedule ?? settings.schedule
        let replay = Replay(timeline, settings)
        let ticks = max(1, rate * Double(replay.run.length) / 1e9)
        let times = max(Self.fewest, min(times, Int(Self.ticksARate / ticks)))
        return (try await replays(replay, times: times), times)
    }

    /// Functions that a curve is of.
    private static let hottest = 5
    /// Ticks that a rate is scanned with, and replays that it takes at the least.
    private static let ticksARate = 2e6
    private static let fewest = 10
    /// How much greater an error must be than that of independent ticks, which periodic ticks seldom exceed.
    private static let outOfStep = 3.0
    /// Rarer functions are too uncertain to tell.
    private static let worthAliasing = 0.01
}
