import Running

/// What the calibrating program does: its second argument.
enum CalibratingProgram: String, CaseIterable {
    case calls, lines, samples
    /// Programs with known answers.
    case checks
}

extension Design {
    /// What shows its costs.
    var calibratingProgram: CalibratingProgram { kind == .sampling ? .samples : tellsLines ? .lines : .calls }

    /// That, and what shows whether compensation by them does any good.
    var calibratingPrograms: [CalibratingProgram] { [calibratingProgram] + (kind == .tracing ? [.checks] : []) }
}
