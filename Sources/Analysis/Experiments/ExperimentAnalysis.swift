import ProfileModel
import Statistics

/// Blocks in, findings out.
public enum ExperimentAnalysis {
    public static func findings(title: String, _ blocks: [MeasuredBlock]) -> ExperimentFindings {
        var findings = ExperimentFindings(title: title, measurements: blocks.reduce(0) { $0 + $1.measurements })
        let pairings = blocks.map(RoundPairing.init)
        findings.blocks = pairings.map(BlockFinding.init)
        findings.designs = overall(pairings, findings.blocks)
        findings.model = arms(of: blocks).compactMap {
            OverheadModel(of: $0.name, measured: added(by: $0.name, pairings))
        }
        findings.caveats = settlingCaveats(findings.blocks)
        return findings
    }

    /// All arms by name, in the order in which they are met.
    private static func arms(of blocks: [MeasuredBlock]) -> [(name: String, settings: ArmSettings)] {
        var seen: Set<String> = []
        return blocks.flatMap(\.cells).filter { $0.role == .profiled && seen.insert($0.arm).inserted }.map {
            ($0.arm, $0.settings)
        }
    }

    private static func overall(_ pairings: [RoundPairing], _ findings: [BlockFinding]) -> [OverallFinding] {
        arms(of: pairings.map(\.block)).compactMap { name, settings in
            let slowdowns = findings.compactMap { block in
                block.arms.first { $0.name == name }?.slowdown.map { (block.label, $0.ratio) }
            }
            guard let most = slowdowns.max(by: { $0.1 < $1.1 }) else { return nil }
            return OverallFinding(
                name: name, settings: settings, workloads: slowdowns.count,
                slowdown: geometricMean(name, pairings).map(Ratio.init), most: most.1, mostOf: most.0)
        }
    }

    /// Of the blocks that have the arm, over as many rounds as all of them have.
    private static func geometricMean(_ name: String, _ pairings: [RoundPairing]) -> RoundsEstimate? {
        let paired = pairings.compactMap { pairing in
            pairing.block.cells.first { $0.arm == name && $0.role == .profiled }.map(pairing.paired)
        }.filter { !$0.isEmpty }
        let rounds = paired.map(\.count).min() ?? 0
        return Jackknife.geometricMean(
            ofRatios: paired.map { ($0.prefix(rounds).map(\.run.wall), $0.prefix(rounds).map(\.control.wall)) })
    }

    /// What an arm added to every program whose calls a tracer of all calls counted.
    private static func added(by name: String, _ pairings: [RoundPairing]) -> [OverheadModel.Measured] {
        pairings.compactMap { pairing in
            let block = pairing.block
            guard
                let cell = block.cells.first(where: { $0.arm == name && $0.kind != .sampling && $0.role == .profiled }),
                let counts = block.callCounts
            else { return nil }
            let paired = pairing.paired(cell)
            return OverheadModel.Measured(
                workload: block.workload, added: paired.map { $0.run.cpu - $0.control.cpu },
                seconds: paired.reduce(0) { $0 + $1.run.cpu } / Double(max(1, paired.count)),
                pythonCalls: counts.python, cCalls: counts.c)
        }
    }

    private static func settlingCaveats(_ blocks: [BlockFinding]) -> [Caveat] {
        blocks.compactMap { block in
            guard let settling = block.settling, settling != .flat else { return nil }
            return Caveat(
                code: "not-steady",
                text:
                    "The unprofiled times of \(block.label) were not of one level over the rounds: \(settling.rawValue)."
            )
        }
    }
}

extension MeasuredBlock {
    var measurements: Int { cells.reduce(0) { $0 + $1.runs.count + $1.failures.values.reduce(0, +) } }

    /// Mean counts, over the runs whose counts were read, of the cell that counted the most: C calls too, where there
    /// is one that sees them.
    fileprivate var callCounts: (python: Double, c: Double)? {
        cells.compactMap { cell -> (python: Double, c: Double)? in
            let read = cell.runs.filter { $0.pythonCalls + $0.cCalls > 0 }
            guard cell.kind == .tracing, !read.isEmpty else { return nil }
            let count = Double(read.count)
            return (read.reduce(0) { $0 + $1.pythonCalls } / count, read.reduce(0) { $0 + $1.cCalls } / count)
        }.max { $0.python + $0.c < $1.python + $1.c }
    }
}
