import Analysis
import GRDB
import Measuring
import ProfileModel
import Running

extension Store {
    /// All that is stored, by block; of a cell that stands twice, since its program or interpreter has changed, the newer.
    func blocks() throws(RunningError) -> [MeasuredBlock] {
        var table = BlockTable()
        let rounds = try roundsOfBlocks()
        let (blocks, cells) = try read { db in
            (try BlockRecord.order(Column("number")).fetchAll(db), try CellRecord.order(Column("number")).fetchAll(db))
        }
        for block in blocks {
            let measured = MeasuredBlock(
                id: block.id, workload: block.workload, arguments: block.size, python: block.python,
                rounds: rounds[block.number ?? 0] ?? 0)
            table.add(measured, number: block.number ?? 0)
        }
        for cell in cells {
            let measured = MeasuredCell(
                id: cell.id, arm: cell.arm.name, settings: cell.arm.columns, role: cell.role, kind: cell.kind)
            table.add(measured, number: cell.number ?? 0, of: cell.block)
        }
        try addRuns(to: &table)
        try addLedgers(to: &table)
        try addShares(to: &table)
        return table.measured
    }

    /// In how many rounds each block has a run.
    private func roundsOfBlocks() throws(RunningError) -> [Int64: Int] {
        let sql = """
            SELECT round.block, count(DISTINCT measurement.round) FROM measurement JOIN round ON round.number = measurement.round
            GROUP BY round.block
            """
        return Dictionary(uniqueKeysWithValues: try all(sql) { ($0[0] as Int64, $0[1] as Int) })
    }

    private func addRuns(to table: inout BlockTable) throws(RunningError) {
        try each("SELECT cell, round, wall, cpu, why, pythonCalls, cCalls FROM measurement ORDER BY number") { row in
            table.change(row[0]) { cell in
                if let why = row[4] as String? {
                    cell.failures[why, default: 0] += 1
                } else {
                    cell.runs.append(
                        MeasuredRun(
                            round: row[1], wall: row[2], cpu: row[3], pythonCalls: row[5] ?? 0, cCalls: row[6] ?? 0))
                }
            }
        }
    }

    private func addLedgers(to table: inout BlockTable) throws(RunningError) {
        // Summed here: SQLite would sort all rows by cell first.
        let ledgers =
            "SELECT cell, due, taken, late, missed, failed FROM measurement WHERE due IS NOT NULL AND why IS NULL"
        try each(ledgers) { row in
            table.change(row[0]) { cell in
                var ledger = cell.ledger ?? Ledger()
                ledger.due += row[1]
                ledger.taken += row[2]
                ledger.late += row[3]
                ledger.missed += row[4]
                ledger.failed += row[5]
                cell.ledger = ledger
            }
        }
    }

    private func addShares(to table: inout BlockTable) throws(RunningError) {
        let shares = """
            SELECT cell, round, basis, name, file, line, share FROM share JOIN measurement ON measurement.number = share.measurement
            """
        try each(shares) { row in
            guard let basis = MeasuredShare.Basis(rawValue: row[2]) else { return }
            let file: String = row[4]
            let share = MeasuredShare(
                basis: basis, name: row[3], file: file.isEmpty ? nil : file, line: row[5], share: row[6],
                round: row[1])
            table.change(row[0]) { $0.shares.append(share) }
        }
    }
}

/// Blocks and cells by their numbers in a store.
private struct BlockTable {
    private var blocks: [MeasuredBlock] = []
    private var blockOf: [Int64: Int] = [:]
    private var cells: [MeasuredCell] = []
    private var blockOfCell: [Int] = []
    private var cellOf: [Int64: Int] = [:]

    mutating func add(_ block: MeasuredBlock, number: Int64) {
        blockOf[number] = blocks.count
        blocks.append(block)
    }

    mutating func add(_ cell: MeasuredCell, number: Int64, of block: Int64) {
        guard let block = blockOf[block] else { return }
        cellOf[number] = cells.count
        cells.append(cell)
        blockOfCell.append(block)
    }

    mutating func change(_ number: Int64, _ change: (inout MeasuredCell) -> Void) {
        if let index = cellOf[number] { change(&cells[index]) }
    }

    /// Without what was never run, and of blocks that differ in content alone the newest.
    var measured: [MeasuredBlock] {
        var newest: [[String]: MeasuredBlock] = [:]
        var order: [[String]] = []
        for (index, block) in blocks.enumerated() {
            var block = block
            block.cells = cells.indices.filter { blockOfCell[$0] == index }.map { cells[$0] }.filter(\.isMeasured)
            guard !block.cells.isEmpty else { continue }
            let name = [block.workload, block.python] + block.arguments
            if newest.updateValue(block, forKey: name) == nil { order.append(name) }
        }
        return order.compactMap { newest[$0] }
    }
}

extension MeasuredCell {
    fileprivate var isMeasured: Bool { !runs.isEmpty || !failures.isEmpty }
}
