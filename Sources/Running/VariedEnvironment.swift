/// What varies between runs of a program anyway and is varied on purpose: the seed of Python's hashes and the size of
/// the environment, which moves the stack.
public enum VariedEnvironment {
    public static func next(using random: inout some RandomNumberGenerator) -> [String: String] {
        [
            "PYTHONHASHSEED": String(Int.random(in: 0...4_294_967_295, using: &random)),
            "SWPROF_PADDING": String(repeating: "x", count: Int.random(in: 0...4095, using: &random)),
        ]
    }
}
