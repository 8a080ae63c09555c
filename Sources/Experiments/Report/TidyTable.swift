import Foundation
import GRDB
import Measuring
import Running

extension Store {
    private static let ofMeasurement =
        [
            "why", "round", "session", "position", "began", "wall", "cpu", "status", "hashSeed", "padding",
            "pythonCalls", "cCalls", "due",
            "taken", "late", "missed", "failed",
        ].map { "measurement." + $0 } + ["round.load", "round.steal"]
    private static let ofShare = [
        "measurement.round", "share.basis", "share.name", "share.file", "share.line", "share.share",
    ]
    private static let ofCell = [
        "workload", "size", "python", "arm", "role", "cell", "design", "peer", "rate", "schedule", "clock", "functions",
    ]

    /// Every measurement as a row of comma-separated values (RFC 4180), beneath a row of names.
    public func tidyTable() throws(RunningError) -> [UInt8] {
        try table(
            Self.ofMeasurement,
            """
            FROM measurement JOIN round ON round.number = measurement.round ORDER BY measurement.number
            """)
    }

    /// Every share of every run that ended well, likewise.
    public func tidyShares() throws(RunningError) -> [UInt8] {
        try table(
            Self.ofShare,
            """
            FROM share JOIN measurement ON measurement.number = share.measurement WHERE measurement.why IS NULL
            """)
    }

    private func table(_ columns: [String], _ from: String) throws(RunningError) -> [UInt8] {
        let names = Self.ofCell + columns.map { String($0.split(separator: ".")[1]) }
        var table = Array((names.joined(separator: ",") + "\n").utf8)
        // There may be a million rows: what they share is written once for each cell.
        let fieldsOfCell = try fieldsOfCell()
        try each("SELECT measurement.cell, \(columns.joined(separator: ", ")) \(from)") { row in
            table += fieldsOfCell[row[0]] ?? []
            for column in 1...columns.count {
                table.append(UInt8(ascii: ","))
                table.append(field: row[column])
            }
            table.append(UInt8(ascii: "\n"))
        }
        return table
    }

    /// The first fields of a row, by the number of its cell.
    private func fieldsOfCell() throws(RunningError) -> [Int64: [UInt8]] {
        let (blocks, cells) = try read { (try BlockRecord.fetchAll($0), try CellRecord.fetchAll($0)) }
        let block = Dictionary(uniqueKeysWithValues: blocks.map { ($0.number ?? 0, $0) })
        return cells.reduce(into: [:]) { fields, cell in
            fields[cell.number ?? 0] = block[cell.block].map { Self.fields(cell, of: $0) }
        }
    }

    private static func fields(_ cell: CellRecord, of block: BlockRecord) -> [UInt8] {
        let values: [(any DatabaseValueConvertible)?] = [
            block.workload, json(block.size), block.python, cell.arm.name, cell.role.rawValue, cell.id, cell.design,
            cell.peer, cell.rate,
            cell.schedule?.rawValue, cell.clock?.rawValue, cell.functions.map(json),
        ]
        var bytes: [UInt8] = []
        for (column, value) in values.enumerated() {
            if column > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(field: value?.databaseValue ?? .null)
        }
        return bytes
    }

    private static func json(_ texts: [String]) -> String {
        String(decoding: (try? JSONEncoder().encode(texts)) ?? Data("[]".utf8), as: UTF8.self)
    }
}

extension [UInt8] {
    /// Texts in quotation marks, what is not there as nothing.
    fileprivate mutating func append(field value: DatabaseValue) {
        switch value.storage {
        case .null, .blob: break
        case .int64(let whole): self += whole.description.utf8
        case .double(let number): self += number.description.utf8
        case .string(let text): append(quoted: text)
        }
    }

    private mutating func append(quoted text: String) {
        let mark = UInt8(ascii: "\"")
        append(mark)
        for byte in text.utf8 {
            if byte == mark { append(mark) }
            append(byte)
        }
        append(mark)
    }
}
