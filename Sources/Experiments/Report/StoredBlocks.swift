import Analysis
import ProfileModel

extension Store {
    /// All that is stored, by block; of a cell that stands twice, since its program or interpreter has changed, the newer.
    func blocks() throws(ExperimentError) -> [MeasuredBlock] {
        var table = BlockTable()
        try database.each("SELECT number, id, workload, size, python, program FROM block ORDER BY number") { row in
            table.add(
                MeasuredBlock(id: row.text(1), workload: row.text(2), arguments: Store.texts(row.text(3)), python: row.text(4)), number: row.whole(0))
        }
        try database.each("SELECT number, id, block, arm, role, kind FROM cell ORDER BY number") { row in
            guard let role = MeasuredCell.Role(rawValue: row.text(4)) else { return }
            let cell = MeasuredCell(id: row.text(1), arm: row.text(3), role: role, kind: row.optionalText(5).flatMap(Kind.init))
            table.add(cell, number: row.whole(0), of: row.whole(2))
        }
        try addRuns(to: &table)
        try addLedgers(to: &table)
        try addShares(to: &table)
        return table.measured
    }

    private func addRuns(to table: inout BlockTable) throws(ExperimentError) {
        try database.each("SELECT cell, round, wall, cpu, why, pythonCalls, cCalls FROM measurement ORDER BY number") { row in
            table.change(row.whole(0)) { cell in
                if let why = row.optionalText(4) {
                    cell.failures[why, default: 0] += 1
                } else {
                    cell.runs.append(
                        MeasuredRun(
                            round: Int(row.whole(1)), wall: row.number(2), cpu: row.number(3), pythonCalls: row.number(5), cCalls: row.number(6)))
                }
            }
        }
    }

    private func addLedgers(to table: inout BlockTable) throws(ExperimentError) {
        // Summed here: SQLite would sort all rows by cell first.
        let ledgers = "SELECT cell, due, taken, late, missed, failed FROM measurement WHERE due IS NOT NULL AND why IS NULL"
        try database.each(ledgers) { row in
            table.change(row.whole(0)) { cell in
                var ledger = cell.ledger ?? Ledger()
                ledger.due += Int(row.whole(1))
                ledger.taken += Int(row.whole(2))
                ledger.late += Int(row.whole(3))
                ledger.missed += Int(row.whole(4))
                ledger.failed += Int(row.whole(5))
                cell.ledger = ledger
            }
        }
    }

    private func addShares(to table: inout BlockTable) throws(ExperimentError) {
        let shares = """
            SELECT cell, round, basis, name, file, line, share FROM share JOIN measurement ON measurement.number = share.measurement
            """
        try database.each(shares) { row in
            guard let basis = MeasuredShare.Basis(rawValue: row.text(2)) else { return }
            let file = row.text(4)
            let share = MeasuredShare(
                basis: basis, name: row.text(3), file: file.isEmpty ? nil : file, line: Int(row.whole(5)), share: row.number(6),
                round: Int(row.whole(1)))
            table.change(row.whole(0)) { $0.shares.append(share) }
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
