import Measuring
import ProfileModel

extension Arm {
    /// `signal` under a condition; the rate follows from the program where none is given.
    static func run(
        _ schedule: Schedule = .jittered, clock: Clock = .wall, in surroundings: Surroundings = Surroundings(),
        rate: Double? = nil
    ) -> Arm {
        var arm = Arm.tool("signal")
        (arm.schedule, arm.clock, arm.rate, arm.surroundings) = (schedule, clock, rate, surroundings)
        return arm
    }

    /// What surrounds the run beside chance, as the table has it: `wall root quiet`, `cpu unprivileged load 4`.
    var condition: String {
        let places =
            surroundings.processors.map { $0 == 1 ? "one processor" : "\($0) processors" }
            ?? (surroundings.load > 0 ? "load \(surroundings.load)" : "quiet")
        return ([clock?.rawValue, surroundings.user.rawValue, places, surroundings.interpreter].compactMap { $0 })
            .joined(separator: " ")
    }
}
