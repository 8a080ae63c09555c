/// What chance decides for a whole process, and is therefore drawn anew: the kernel varies the address space by itself.
public struct Conditions: Sendable, Equatable, Codable {
    /// `PYTHONHASHSEED`.
    public var hashSeed: UInt32
    /// Bytes by which the environment is longer: it moves the stack.
    public var padding: Int
    /// Where the random numbers of a sampler's schedule start.
    public var seed: UInt64

    public init(hashSeed: UInt32, padding: Int, seed: UInt64) {
        (self.hashSeed, self.padding, self.seed) = (hashSeed, padding, seed)
    }

    public static func random(using random: inout some RandomNumberGenerator) -> Conditions {
        Conditions(
            hashSeed: .random(in: .min ... .max, using: &random), padding: .random(in: 0..<4096, using: &random),
            seed: random.next())
    }

    public var environment: [String: String] {
        ["PYTHONHASHSEED": String(hashSeed), "SWPROF_PADDING": String(repeating: "x", count: padding)]
    }
}
