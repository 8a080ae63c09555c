import ProfileModel

/// So many runs of each program under one condition.
struct PlannedRuns: Sendable, Equatable {
    enum Count: Sendable { case all, fewer }

    var condition: RunCondition
    var schedule = Schedule.jittered
    var count = Count.all

    /// What matters most comes first, so that an interrupted experiment has it.
    static let all: [PlannedRuns] = {
        let users: [RunCondition.User] = [.root, .unprivileged]
        let crossed = users.flatMap { user in
            [Clock.wall, .cpu].flatMap { clock in
                [0, 4].map { PlannedRuns(condition: RunCondition(clock: clock, user: user, load: $0)) }
            }
        }
        return crossed + [
            PlannedRuns(condition: RunCondition(isPinned: true), count: .fewer),
            PlannedRuns(condition: RunCondition(python: "3.13"), count: .fewer),
            PlannedRuns(condition: RunCondition(python: "3.15"), count: .fewer),
            PlannedRuns(condition: .usual, schedule: .poisson, count: .fewer),
        ]
    }()

    /// Those whose condition's name begins with one of the beginnings; all where there are none.
    static func named(_ beginnings: [String]) -> [PlannedRuns] {
        beginnings.isEmpty ? all : all.filter { planned in beginnings.contains { planned.condition.name.hasPrefix($0) } }
    }

    /// Under this condition, of the programs that can be judged by its clock; of a short form only every so-manieth,
    /// other ones under each condition.
    func kinds(_ workloads: [Workload], every step: Int) -> [RunKind] {
        let shift = Self.all.firstIndex(of: self) ?? 0
        return workloads.enumerated()
            .filter { ($0.offset + shift) % step == 0 && (condition.clock == .wall || $0.element.knowsCPUTime) }
            .map { RunKind(workload: $0.element.short, schedule: schedule, aim: RunKind.byRate, condition: condition) }
    }

    func runs(_ extent: Extent) -> Int { count == .all ? extent.runs : extent.fewerRuns }
}
