import Running

/// The runs of a round in which two versions are compared.
enum GateArm: String, CaseIterable, Sendable {
    case before, after
    /// The version before a second time.
    case again

    var isAfter: Bool { self == .after }

    /// All are profiled alike.
    func arm(_ settings: ProfilingSettings) -> Arm { .design(settings, program: rawValue) }
}

extension Round where Outcome == ProfiledOutcome {
    /// The run of a gate's arm.
    subscript(_ arm: GateArm) -> ProfiledOutcome? { runs.first { $0.arm.program == arm.rawValue }?.outcome }

    /// How the runs ended, and no more.
    var withoutProfiles: Round {
        Round(runs.map { Run($0.arm, $0.conditions, ProfiledOutcome(process: $0.outcome.process)) })
    }

    /// The interpreter's version, by arm.
    var pythons: [GateArm: String] {
        GateArm.allCases.reduce(into: [:]) { pythons, arm in pythons[arm] = self[arm]?.profile?.python }
    }
}
