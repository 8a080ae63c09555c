import ProfileModel
import Statistics

/// Plans how many samples and runs a share needs.
public enum Planning {
    /// What is asked: numbers that are not given are the profile's, or the worst case.
    public struct Question: Sendable {
        public var share: Double?
        public var error: Double
        public var runs: Int?
        /// The standard deviation of the share from run to run.
        public var betweenRuns: Double?
        public var rate: Double?

        public init(
            share: Double? = nil, error: Double, runs: Int? = nil, betweenRuns: Double? = nil, rate: Double? = nil
        ) {
            self.share = share
            self.error = error
            self.runs = runs
            self.betweenRuns = betweenRuns
            self.rate = rate
        }
    }

    /// Samples a second where neither the question nor a profile says.
    public static let usualRate = 1000.0

    /// The plan from the question's numbers alone, or with what a profile shows of the program.
    ///
    /// Without a share it is for the profile's hottest function, or else for the share of ½, which needs most.
    ///
    /// - Parameter truths: the functions' self shares, where they are known better than from the profile.
    /// - Throws: what keeps the question from having an answer, and what to ask instead.
    public static func findings(
        _ question: Question, profile: Profile? = nil, truths: [Function: Double] = [:]
    ) throws(AnalysisError) -> PlanFindings {
        let known = try profile.map { profile throws(AnalysisError) in
            try PlannedProfile(profile, truths, near: question.share)
        }
        let scatter = ShareScatter(
            share: question.share ?? known?.share ?? 0.5, designEffect: known?.designEffect ?? 1,
            betweenRuns: question.betweenRuns ?? 0)
        guard let runs = question.runs ?? SampleSize.runs(scatter, error: question.error),
            let samples = SampleSize.samplesPerRun(scatter, error: question.error, runs: runs)
        else { throw unreachable(scatter, question) }
        return PlanFindings(
            function: question.share == nil ? known?.function : nil, share: scatter.share, error: question.error,
            designEffect: scatter.designEffect, betweenRuns: question.betweenRuns, runs: runs, samplesPerRun: samples,
            rate: question.rate ?? known?.rate ?? usualRate,
            caveats: (known?.caveats ?? []) + [known?.elsewhere(samples)].compactMap { $0 })
    }

    private static func unreachable(_ scatter: ShareScatter, _ question: Question) -> AnalysisError {
        let error = "±\(Words.percent(question.error))"
        guard scatter.share > 0, scatter.share < 1 else {
            return AnalysisError(
                "a share of \(Words.percent(scatter.share)) has no sampling error to plan for: give another with --share"
            )
        }
        guard scatter.betweenRuns > 0 else {
            return AnalysisError(
                "an error of \(question.error) takes more samples than can be counted: give a larger one with --error")
        }
        let enough = SampleSize.runs(scatter, error: question.error)
        return AnalysisError(
            "no number of samples is enough for \(error) in \(question.runs ?? 1) runs that differ by "
                + "\(Words.percent(scatter.betweenRuns)): give "
                + (enough.map { "--runs \($0)" } ?? "a larger --error"))
    }
}

/// What a profile says for a plan.
private struct PlannedProfile {
    var function: String
    var share: Double
    var designEffect: Double
    var rate: Double?
    var ticks: Double
    var caveats: [Caveat]

    /// Of the function whose self share is nearest, or of the hottest one.
    init(_ profile: Profile, _ truths: [Function: Double], near share: Double?) throws(AnalysisError) {
        guard profile.kind == .sampling else {
            throw AnalysisError(
                "\(profile.design) measures every call and has no samples to plan with: give a sampler's profile")
        }
        let findings = try RunAnalysis.findings(of: profile)
        let shares = findings.functions.compactMap { function in
            (truths[Function(function)] ?? function.`self`.share).map { (function, $0) }
        }
        let chosen = shares.min { a, b in
            guard let share else { return a.1 > b.1 }
            return abs(a.1 - share) < abs(b.1 - share)
        }
        guard let (finding, found) = chosen, found > 0 else {
            throw AnalysisError("the profile has no samples to plan with: give another, or a share with --share")
        }
        function = finding.qualname
        self.share = found
        designEffect = finding.designEffect ?? 1
        ticks = profile.ledger.map { Double($0.taken) } ?? profile.samples.reduce(0) { $0 + Double($1.count) }
        let isTimed = profile.secondsAreKnown && profile.seconds > 0
        rate = ticks > 0 && isTimed ? ticks / profile.seconds : profile.rate
        caveats = finding.designEffect == nil ? [Self.unknownEffect] : []
    }

    /// Neighbours further apart have less in common.
    func elsewhere(_ samples: Double) -> Caveat? {
        guard designEffect < 0.5, samples < ticks / 2 else { return nil }
        return Caveat(
            code: "design-effect-elsewhere",
            text:
                "The scatter is that of \(Words.count(ticks)) ticks; the \(Words.count(samples)) planned would, in a run of the same length, "
                + "stand further apart and scatter more.")
    }

    private static let unknownEffect = Caveat(
        code: "design-effect-unknown",
        text: "The profile does not show how its ticks scatter, so the plan takes them to be independent.")
}
