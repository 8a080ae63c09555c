import Analysis
import ProfileModel
import Running

/// One way to start a program and to measure it.
enum Arm: Sendable, Equatable {
    case control
    /// The control once more, to hold it against itself.
    case selfTestControl
    case design(Design, rate: Double?, schedule: Schedule?, clock: Clock, trace: [String])

    /// All of a spec, the controls first.
    static func all(of spec: Spec) -> [Arm] {
        let profiled = spec.designs.flatMap { design in
            spec.clocks.flatMap { clock -> [Arm] in
                guard design.kind == .sampling else {
                    return [.design(design, rate: nil, schedule: nil, clock: clock, trace: design == .lines ? spec.trace : [])]
                }
                return spec.schedules.flatMap { schedule in
                    spec.rates.map { .design(design, rate: $0, schedule: schedule, clock: clock, trace: []) }
                }
            }
        }
        return [.control, .selfTestControl] + profiled
    }

    /// For people: the design, and of its settings those that are not what they are unless told.
    var name: String {
        switch self {
        case .control, .selfTestControl: role.rawValue
        case .design(let design, let rate, let schedule, let clock, let trace):
            ([design.rawValue] + [
                rate.flatMap { $0 == 1000 ? nil : "\(Self.text($0)) Hz" }, schedule.flatMap { $0 == .jittered ? nil : $0.rawValue },
                clock == .wall ? nil : clock.rawValue, trace.isEmpty ? nil : "of " + trace.joined(separator: ","),
            ].compactMap { $0 }).joined(separator: " ")
        }
    }

    /// All that tells it from others, for its hash.
    var content: [String] {
        switch self {
        case .control, .selfTestControl: [name]
        case .design(let design, let rate, let schedule, let clock, let trace):
            [design.rawValue, rate.map(Self.text) ?? "", schedule?.rawValue ?? "", clock.rawValue] + trace
        }
    }

    var role: MeasuredCell.Role {
        switch self {
        case .control: .control
        case .selfTestControl: .selfTestControl
        case .design: .profiled
        }
    }

    var kind: Kind? {
        if case .design(let design, _, _, _, _) = self { design.kind } else { nil }
    }

    private static func text(_ rate: Double) -> String { Int(exactly: rate).map(String.init) ?? "\(rate)" }
}
