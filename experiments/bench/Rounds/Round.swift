/// One pass through all arms in random order, under the round's own conditions.
struct Round: Sendable, Codable, Equatable {
    var conditions: Conditions
    /// The arms' names in the order in which they ran.
    var order: [String]
    var measurements: [String: Measurement]

    /// What chance decides for a whole process, and so is drawn anew for every round, for all its arms.
    struct Conditions: Sendable, Codable, Equatable {
        /// `PYTHONHASHSEED`.
        var hashSeed: UInt32
        /// Bytes by which the environment is made longer: it moves the stack.
        var padding: Int

        static func random(using generator: inout some RandomNumberGenerator) -> Conditions {
            Conditions(
                hashSeed: .random(in: .min ... .max, using: &generator),
                padding: .random(in: 0..<4096, using: &generator))
        }

        var environment: [String: String] {
            ["PYTHONHASHSEED": String(hashSeed), "BENCH_PADDING": String(repeating: "x", count: padding)]
        }
    }
}

extension [Round] {
    func wall(_ arm: String) -> [Double] { compactMap { $0.measurements[arm]?.wall } }
    func cpu(_ arm: String) -> [Double] { compactMap { $0.measurements[arm]?.cpu } }
}
