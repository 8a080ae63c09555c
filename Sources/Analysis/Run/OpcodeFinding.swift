import ProfileModel
import Statistics

/// An instruction of the interpreter, and the share of the time in which a sampler saw it on top.
public struct OpcodeFinding: Encodable, Sendable, Equatable {
    /// CPython's name of it, such as `CALL`.
    public var opcode: String
    public var `self`: Estimate

    public init(opcode: String, self own: Estimate) {
        self.opcode = opcode
        self.`self` = own
    }
}

extension Profile {
    /// The names of the instructions that samples landed on.
    var opcodes: [String] { Set(samples.compactMap(\.opcode)).sorted() }

    /// The same samples by the one instruction that each landed on; a sample whose instruction is not known is on none.
    func onOpcodes(_ names: [String], in scope: Scope) -> Profile { onPlaces(names, in: scope, \.opcode) }
}

enum OpcodeAnalysis {
    /// The shares of all instructions that a sampler's log tells, the greatest first; else none.
    static func findings(_ profile: Profile, _ scope: Scope, _ method: IntervalMethod) -> [OpcodeFinding] {
        let names = profile.opcodes
        guard !names.isEmpty, profile.isOfTicks else { return [] }
        return profile.onOpcodes(names, in: scope).sharesOfTops(method).map {
            OpcodeFinding(opcode: $0, self: $1.estimate)
        }
    }
}

extension ComparisonArm {
    /// Over rounds.
    var opcodeFindings: [OpcodeFinding] {
        let names = Set(runs.flatMap(\.profile.opcodes)).sorted()
        let tallies = runs.map { RunTally($0.profile.onOpcodes(names, in: Scope(wholeOf: $0.profile))) }
        return names.map { name in
            let function = Function(name: name, qualname: name, file: nil, line: 0)
            return OpcodeFinding(opcode: name, self: estimate(tallies) { $0.functions[function]?.own })
        }.sorted(by: OpcodeFinding.order)
    }
}

extension OpcodeFinding {
    fileprivate static func order(_ a: Self, _ b: Self) -> Bool {
        (-(a.`self`.share ?? 0), a.opcode) < (-(b.`self`.share ?? 0), b.opcode)
    }
}
