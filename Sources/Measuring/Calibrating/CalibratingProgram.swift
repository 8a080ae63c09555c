import ProfileModel
import Running

/// What the calibrating program does: its second argument.
enum CalibratingProgram: String, CaseIterable {
    case calls, lines, samples
    /// Programs with known answers.
    case checks

    /// How often a loop calls in one pass.
    ///
    /// By the CPU clock every event of a tracer is a system call, which costs so much more that a quarter of the calls tells as much.
    func calls(by clock: Clock) -> Int {
        if self == .samples { return 100_000 }
        return clock == .cpu ? 500 : 2_000
    }
}

extension Design {
    /// What shows its costs.
    var calibratingProgram: CalibratingProgram { kind == .sampling ? .samples : tellsLines ? .lines : .calls }

    /// That, and what shows whether compensation by them does any good.
    var calibratingPrograms: [CalibratingProgram] { [calibratingProgram] + (kind == .tracing ? [.checks] : []) }
}
