import Capture

/// What chance decides for a whole process, and so is drawn anew for each: from a seed, to have it again.
enum Conditions {
    /// `PYTHONHASHSEED`, and a length of the environment, which moves the stack.
    static func environment(seed: UInt64) -> [String: String] {
        var random = RandomSource(seed: seed)
        return [
            "PYTHONHASHSEED": String(UInt32.random(in: .min ... .max, using: &random)),
            "COVERAGE_PADDING": String(repeating: "x", count: .random(in: 0..<4096, using: &random)),
        ]
    }
}
