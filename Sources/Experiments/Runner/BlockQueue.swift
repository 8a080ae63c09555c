import Measuring
import Running

/// What a block still lacks.
struct BlockQueue: Sendable {
    let block: Block
    let number: Int64
    /// The store's numbers of the cells, by id.
    let numbers: [String: Int64]
    private let runs: Int
    private var counts: [String: CellCount]
    private var open: OpenRound?

    /// As far as a store's counts tell, to be looked at only.
    init(_ block: Block, runs: Int, counts: [String: CellCount]) {
        (number, numbers) = (0, [:])
        (self.block, self.runs) = (block, runs)
        self.counts = counts
    }

    init(_ block: Block, runs: Int, counts: [String: CellCount], store: Store, retry: Bool) throws(RunningError) {
        (number, numbers) = try store.note(block)
        (self.block, self.runs) = (block, runs)
        open = try store.openRound(number)
        self.counts = counts
        guard retry else { return }
        for cell in block.cells {
            guard let count = counts[cell.id], count.isGivenUp else { continue }
            self.counts[cell.id]?.runs -= count.failed
            self.counts[cell.id]?.failed = 0
        }
    }

    /// No cell lacks a run, or the program cannot even be run unprofiled.
    var isFinished: Bool { isGivenUp || lacking.isEmpty }

    /// The control failed again and again: nothing can be held against it.
    var isGivenUp: Bool { block.cells.contains { $0.arm.kind == nil && count($0).isGivenUp } }

    private var lacking: [Cell] { block.cells.filter { remaining($0) > 0 } }

    /// How often a cell is to be run yet, but for controls that go with others.
    func remaining(_ cell: Cell) -> Int {
        let count = count(cell)
        return isGivenUp || count.isGivenUp ? 0 : max(0, runs - count.runs)
    }

    /// What lacks a run, and always both controls: a slowdown is of one round.
    func cellsOfNextRound() -> [Cell] { block.cells.filter { $0.arm.kind == nil || remaining($0) > 0 } }

    /// Whether a round has its run of a cell, or the block is run no more.
    func isDone(_ cell: Cell, in round: OpenRound) -> Bool {
        isGivenUp || round.measured.contains(numbers[cell.id] ?? 0)
    }

    /// The round that was interrupted, once.
    mutating func takeOpenRound() -> OpenRound? {
        defer { open = nil }
        return open
    }

    mutating func note(_ measurement: Measurement, of cell: Cell) {
        counts[cell.id, default: CellCount()].add(measurement)
    }

    func count(_ cell: Cell) -> CellCount { counts[cell.id] ?? CellCount() }
}

extension CellCount {
    /// Whether it failed as good as always: it is run no more. Of one that hangs, one run is waiting enough.
    var isGivenUp: Bool { failed >= (why?.hasPrefix(CellMeasuring.hung) == true ? 1 : 2) && 2 * failed >= runs }

    /// Those that ended well.
    var ended: Int { runs - failed }

    mutating func add(_ measurement: Measurement) {
        seconds = (seconds * Double(runs) + measurement.process.seconds) / Double(runs + 1)
        runs += 1
        if let why = measurement.why {
            failed += 1
            self.why = why
        }
    }
}
