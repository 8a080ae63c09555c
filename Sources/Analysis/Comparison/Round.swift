import ProfileModel

/// The process as a whole, in one design.
public struct ProfiledRun: Sendable {
    /// Wall time from start to end of the process, in seconds.
    public var seconds: Double
    public var profile: Profile

    public init(seconds: Double, profile: Profile) {
        self.seconds = seconds
        self.profile = profile
    }
}

/// One pass through all designs and the controls.
public struct Round: Sendable {
    /// Wall time of the unprofiled process, in seconds; `nil` where it failed.
    public var control: Double?
    /// The same of the second one, for control against control.
    public var selfTestControl: Double?
    /// By the design's name; a design that failed in this round is missing.
    public var runs: [String: ProfiledRun]

    public init(control: Double?, selfTestControl: Double?, runs: [String: ProfiledRun]) {
        self.control = control
        self.selfTestControl = selfTestControl
        self.runs = runs
    }

    func completed(by firstLines: FirstLines) -> Round {
        var round = self
        round.runs = runs.mapValues { ProfiledRun(seconds: $0.seconds, profile: firstLines.completing($0.profile)) }
        return round
    }
}
