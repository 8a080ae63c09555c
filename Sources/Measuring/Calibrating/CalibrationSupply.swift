import ProfileModel
import Running

/// The costs that are at hand.
public struct CalibrationSupply: Sendable {
    var costs: [Design: ProbeCosts] = [:]
    /// Whether `lines` traces some functions only.
    var isSelecting = false
    /// Why new ones could not be stored.
    var notKept: String?

    /// Does so with all profiles of a round that swprof took itself.
    public func added(to round: Round<RunOutcome>) -> Round<RunOutcome> {
        var round = round
        for index in round.runs.indices where round.runs[index].arm.design != nil {
            guard case .ran(var run) = round.runs[index].outcome, var profile = run.profile else { continue }
            add(to: &profile)
            run.profile = profile
            round.runs[index].outcome = .ran(run)
        }
        return round
    }

    private func why(_ design: String) -> String {
        if isSelecting, Design(rawValue: design)?.tellsLines == true {
            return
                "With --trace the other functions' lines may cost too, and are not counted, so no time is compensated; trace all, or compare shares with those of `signal`."
        }
        if Design(rawValue: design)?.written != nil {
            return
                "What the hook of `\(design)` costs is in the times of the functions: designs in Python are not calibrated, so no time is compensated."
        }
        return
            "What the probes of `\(design)` cost is not known here, so no time is compensated; `swprof calibrate` says why it could not be measured."
    }

    /// Puts a design's costs into one of its profiles, or says that there are none.
    public func add(to profile: inout Profile) {
        guard profile.kind == .tracing else { return }
        profile.probeCosts = Design(rawValue: profile.design).flatMap { costs[$0] }
        if profile.probeCosts == nil {
            profile.caveats.append(Caveat(code: "not-calibrated", text: why(profile.design)))
        } else if let notKept {
            profile.caveats.append(
                Caveat(
                    code: "calibration-not-kept",
                    text: "This run had to calibrate anew, and so will the next: \(notKept)."))
        }
    }
}
