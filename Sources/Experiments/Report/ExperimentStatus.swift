import Analysis
import Measuring
import Running

/// How far an experiment is: the JSON object of `swprof experiment status` (`swprof.experiment-status/1`).
public struct ExperimentStatus: Encodable, Sendable {
    public var schema = "swprof.experiment-status/1"
    public var title: String
    /// How often every cell is run.
    public var runs: Int
    public var blocks: [Block] = []
    public var runsLeft: Int
    /// Null before anything was run.
    @ExplicitNull public var secondsLeft: Double? = nil
    public var isFinished: Bool

    public struct Block: Encodable, Sendable {
        public var id: String
        public var workload: String
        public var arguments: [String]
        public var python: String
        public var cells: [Cell] = []
        public var isFinished: Bool
    }

    public struct Cell: Encodable, Sendable {
        public var id: String
        public var arm: String
        public var runs: Int
        public var failed: Int
        public var state: State
        /// Why a run did not end well; null where all did.
        @ExplicitNull public var why: String?
    }

    public enum State: String, Encodable, Sendable {
        case notBegun = "not begun"
        case underWay = "under way"
        case finished
        /// Run no more, since its runs, or its control's, fail.
        case givenUp = "given up"
    }

    /// - Parameter store: `nil` where nothing was ever run.
    public init(_ plan: Plan, _ store: Store?) throws(RunningError) {
        let counts = try store?.counts() ?? [:]
        let queues = plan.blocks.map { BlockQueue($0, runs: plan.spec.runs, counts: counts) }
        let left = TimeLeft(counts).left(queues)
        title = plan.spec.title
        runs = plan.spec.runs
        blocks = queues.map(Block.init)
        runsLeft = left.runs
        isFinished = queues.allSatisfy(\.isFinished)
        secondsLeft = left.seconds
    }
}

extension ExperimentStatus.Block {
    fileprivate init(_ queue: BlockQueue) {
        let block = queue.block
        self.init(
            id: block.id, workload: block.workload.name, arguments: block.size, python: block.interpreter.facts.python,
            cells: block.cells.map { cell in
                let count = queue.count(cell)
                return ExperimentStatus.Cell(
                    id: cell.id, arm: cell.arm.name, runs: count.runs, failed: count.failed,
                    state: queue.state(of: cell), why: count.why)
            }, isFinished: queue.isFinished)
    }
}

extension BlockQueue {
    fileprivate func state(of cell: Cell) -> ExperimentStatus.State {
        if isGivenUp || count(cell).isGivenUp { return .givenUp }
        if remaining(cell) == 0 { return .finished }
        return count(cell).runs == 0 ? .notBegun : .underWay
    }
}
