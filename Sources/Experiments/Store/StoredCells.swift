import Foundation

extension Store {
    /// Notes that measuring begins; the new session's number.
    func beginSession(_ plan: Plan, quick: Bool, build: String, audit: [String: String]) throws(ExperimentError) -> Int64 {
        try database.transaction { db in
            let session = try db.run(
                "INSERT INTO session (key, began, spec, title, quick, seed, build) VALUES (?, ?, ?, ?, ?, ?, ?)",
                .text(UUID().uuidString), .text(Date.now.formatted(.iso8601)), .text(plan.specText), .text(plan.spec.title),
                .whole(quick ? 1 : 0), .text(String(plan.spec.seed)), .text(build))
            for (name, value) in audit {
                try db.run("INSERT INTO audit VALUES (?, ?, ?)", .whole(session), .text(name), .text(value))
            }
            return session
        }
    }

    /// The numbers of a block and of its cells, by id; they are put in where they are new.
    func note(_ block: Block) throws(ExperimentError) -> (block: Int64, cells: [String: Int64]) {
        try database.transaction { db in
            try db.run(
                "INSERT OR IGNORE INTO block (id, workload, size, python, program) VALUES (?, ?, ?, ?, ?)", .text(block.id),
                .text(block.workload.name), .text(Self.json(block.size)), .text(block.interpreter.python), .text(block.workload.hash))
            let number = try db.whole("SELECT number FROM block WHERE id = ?", .text(block.id)) ?? 0
            var cells: [String: Int64] = [:]
            for cell in block.cells {
                try db.run(
                    "INSERT OR IGNORE INTO cell (id, block, arm, role, kind) VALUES (?, ?, ?, ?, ?)", .text(cell.id), .whole(number),
                    .text(cell.arm.name), .text(cell.arm.role.rawValue), .init(cell.arm.kind?.rawValue))
                cells[cell.id] = try db.whole("SELECT number FROM cell WHERE id = ?", .text(cell.id))
            }
            return (number, cells)
        }
    }

    /// How often each cell was run, by its id, and what the runs took on average; failed ones count.
    func counts() throws(ExperimentError) -> [String: CellCount] {
        let rows = try database.all(
            """
            SELECT cell.id, count(*), avg(wall), count(why), min(why) FROM measurement JOIN cell ON cell.number = measurement.cell
            GROUP BY cell.number
            """
        ) { ($0.text(0), CellCount(runs: Int($0.whole(1)), seconds: $0.number(2), failed: Int($0.whole(3)), why: $0.optionalText(4))) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    static func json(_ texts: [String]) -> String { String(decoding: (try? JSONEncoder().encode(texts)) ?? Data("[]".utf8), as: UTF8.self) }

    static func texts(_ json: String) -> [String] { (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? [] }
}

/// What is stored of a cell.
struct CellCount: Sendable, Equatable {
    var runs = 0
    /// Mean wall time.
    var seconds = 0.0
    var failed = 0
    /// Why one did not end well.
    var why: String?
}
