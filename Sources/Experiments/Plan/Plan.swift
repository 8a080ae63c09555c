import Foundation
import Measuring
import Running

/// One program at one size under one interpreter: what a round runs every arm of.
struct Block: Sendable {
    var id: String
    var workload: WorkloadProgram
    /// The size's own.
    var size: [String]
    var interpreter: PlannedInterpreter
    var cells: [Cell]

    /// All that the program is given.
    var arguments: [String] { workload.arguments + size }
    var label: String { ([workload.name] + size).joined(separator: " ") }
}

/// One arm of a block, known by the content of all that matters to what is measured.
struct Cell: Sendable, Equatable {
    var id: String
    var arm: Arm
}

/// All cells of a spec, on this machine.
public struct Plan: Sendable {
    let spec: Spec
    let specText: String
    let blocks: [Block]

    /// Asks every interpreter what it is, looks at every program, and refuses what cannot be, before anything is run.
    public init(_ spec: Spec, file: SpecFile) async throws(RunningError) {
        self.spec = spec
        specText = file.text
        var interpreters: [PlannedInterpreter] = []
        for command in spec.interpreters {
            interpreters.append(
                try await file.placed(["interpreters"]) { () async throws(RunningError) in
                    try await PlannedInterpreter(command, folder: file.folder, peers: spec.peers)
                })
        }
        var blocks: [Block] = []
        for interpreter in interpreters {
            for workload in spec.workloads {
                let program = try await file.placed(["workloads"]) { () async throws(RunningError) in
                    try WorkloadProgram(workload, folder: file.folder, interpreter: interpreter)
                }
                for size in spec.sizes[workload] ?? [[]] { blocks.append(Block(program, size, interpreter, spec)) }
            }
        }
        self.blocks = blocks
        try file.check(spec, interpreters)
    }

    /// Only what is asked for by a block's or cell's id, or its beginning; the controls of a chosen cell's block stay.
    public func only(_ ids: [String]) throws(RunningError) -> Plan {
        guard !ids.isEmpty else { return self }
        if let unknown = ids.first(where: { id in
            !blocks.contains { $0.isMeant(by: id) || $0.cells.contains { $0.id.hasPrefix(id) } }
        }) {
            throw .usage("there is no block or cell '\(unknown)'; swprof experiment status --json lists them")
        }
        return Plan(spec: spec, specText: specText, blocks: blocks.compactMap { $0.only(ids) })
    }

    init(spec: Spec, specText: String, blocks: [Block]) {
        (self.spec, self.specText, self.blocks) = (spec, specText, blocks)
    }
}

extension Block {
    init(_ workload: WorkloadProgram, _ size: [String], _ interpreter: PlannedInterpreter, _ spec: Spec) {
        let environment = spec.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        // The arguments are told apart from the environment by their number.
        let arguments = workload.arguments + size
        let content = [workload.hash, interpreter.facts.version, "\(arguments.count)"] + arguments + environment
        let arms = spec.arms.filter { $0.kind == nil || !spec.unprofiled.contains(workload.name) }
        let shares = spec.within.map { ["within", $0] } ?? []
        let cells = arms.map { arm in
            Cell(
                id: ContentHash(content + (arm.kind == nil ? [] : shares) + ["arm"] + arm.content(under: interpreter))
                    .text, arm: arm)
        }
        self.init(id: ContentHash(content).text, workload: workload, size: size, interpreter: interpreter, cells: cells)
    }

    fileprivate func isMeant(by id: String) -> Bool { self.id.hasPrefix(id) }

    fileprivate func only(_ ids: [String]) -> Block? {
        if ids.contains(where: isMeant) { return self }
        var block = self
        block.cells = cells.filter { cell in cell.arm.kind == nil || ids.contains { cell.id.hasPrefix($0) } }
        return block.cells.contains { $0.arm.kind != nil } ? block : nil
    }
}
