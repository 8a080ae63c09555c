import Measuring
import ProfileModel

/// So many runs of each program under one condition.
struct PlannedRuns: Sendable, Equatable {
    enum Count: Sendable { case all, fewer }

    var arm: Arm
    var count = Count.all

    /// What matters most comes first, so that an interrupted experiment has it.
    static let all: [PlannedRuns] = {
        let users: [Surroundings.User] = [.root, .unprivileged]
        let crossed = users.flatMap { user in
            [Clock.wall, .cpu].flatMap { clock in
                [0, 4].map { PlannedRuns(arm: .run(clock: clock, in: Surroundings(user: user, load: $0))) }
            }
        }
        return crossed + [
            PlannedRuns(arm: .run(in: Surroundings(processors: 1)), count: .fewer),
            PlannedRuns(arm: .run(in: Surroundings(interpreter: "3.13")), count: .fewer),
            PlannedRuns(arm: .run(in: Surroundings(interpreter: "3.15")), count: .fewer),
            PlannedRuns(arm: .run(.poisson), count: .fewer),
        ]
    }()

    /// Those whose condition's name begins with one of the beginnings; all where there are none.
    static func named(_ beginnings: [String]) -> [PlannedRuns] {
        beginnings.isEmpty ? all : all.filter { planned in beginnings.contains { planned.arm.condition.hasPrefix($0) } }
    }

    /// Under this condition, of the programs that can be judged by its clock; of a short form only every so-manieth,
    /// other ones under each condition.
    func kinds(_ workloads: [Workload], every step: Int) -> [RunKind] {
        let shift = Self.all.firstIndex(of: self) ?? 0
        return workloads.enumerated()
            .filter { ($0.offset + shift) % step == 0 && (arm.clock == .wall || $0.element.knowsCPUTime) }
            .map { RunKind(workload: $0.element.short, aim: RunKind.byRate, arm: arm) }
    }

    func runs(_ extent: Extent) -> Int { count == .all ? extent.runs : extent.fewerRuns }
}
