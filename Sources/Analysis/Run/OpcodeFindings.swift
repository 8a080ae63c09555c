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

    /// The same samples with their stacks replaced by the one instruction that each landed on.
    ///
    /// What is not in scope stays out; a sample whose instruction is not known stays, and is on none.
    func onOpcodes(_ names: [String], in scope: RunScope) -> Profile {
        var profile = self
        var stacks: [String: StackID] = [:]
        profile.stacks = StackTable()
        profile.functions = names.map { Function(name: $0, qualname: $0, file: nil, line: 0) }
        profile.locations = names.indices.map { Location(function: FunctionID($0), line: 0) }
        for (index, name) in names.enumerated() { stacks[name] = profile.stacks.push(LocationID(index), onto: .empty) }
        profile.samples = samples.filter { scope.holds[$0.stack.index] }
        for index in profile.samples.indices {
            profile.samples[index].stack = profile.samples[index].opcode.flatMap { stacks[$0] } ?? .empty
        }
        return profile
    }
}

enum OpcodeAnalysis {
    /// The shares of all instructions that a sampler's log tells, the greatest first; else none.
    static func findings(_ profile: Profile, _ scope: RunScope, _ method: IntervalMethod) -> [OpcodeFinding] {
        let names = profile.opcodes
        guard profile.kind == .sampling, !names.isEmpty, profile.samples.allSatisfy({ $0.tick != nil }) else { return [] }
        let landed = profile.onOpcodes(names, in: scope)
        let whole = RunScope(wholeOf: landed)
        let places = Places(functionsOf: landed)
        let time = RunTime(landed, StackLoad(landed, whole), whole)
        let shares = SampledShares(
            TickSeries(landed, whole), method: method, ledger: landed.ledger, secondsPerWeight: time.secondsPerWeight)
        let estimates = shares.estimates(.onTop(landed.stacks, places.ofLocation, count: names.count))
        return zip(places.keys, estimates).map { OpcodeFinding(opcode: $0.name, self: $1) }.sorted(by: OpcodeFinding.order)
    }
}

extension ComparisonArm {
    /// Over rounds.
    var opcodeFindings: [OpcodeFinding] {
        let names = Set(runs.flatMap(\.profile.opcodes)).sorted()
        let tallies = runs.map { RunTally($0.profile.onOpcodes(names, in: RunScope(wholeOf: $0.profile))) }
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
