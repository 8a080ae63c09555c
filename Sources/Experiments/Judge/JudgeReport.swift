import Analysis
import GRDB
import Measuring
import ProfileModel
import Running

/// Makes cards of what a store has.
public struct JudgeReport: Sendable {
    private let battery: Battery
    private let store: Store

    public init(_ battery: Battery, _ store: Store) { (self.battery, self.store) = (battery, store) }

    /// A card for every tool on every interpreter, in the order in which they were measured first.
    public func findings(quick: Bool) throws(RunningError) -> JudgeFindings {
        let tools = try store.read { try ToolRecord.order(Column("session"), Column("name")).fetchAll($0) }
        var cards: [JudgeCard] = []
        var seen: Set<CardKey> = []
        for tool in tools where seen.insert(CardKey(tool)).inserted {
            let sessions = tools.filter { CardKey($0) == CardKey(tool) }
            cards.append(try card(sessions))
        }
        let audit = try store.audit().mapValues { $0.joined(separator: "; ") }
        return JudgeFindings(battery: battery.title, quick: quick, tools: cards, audit: audit)
    }

    private func card(_ sessions: [ToolRecord]) throws(RunningError) -> JudgeCard {
        let tool = sessions[0]
        let rows: [JudgeRow]
        if let refusal = sessions.allSatisfy({ $0.refusal != nil }) ? tool.refusal : nil {
            rows = [Judge.refusalRow(refusal)]
        } else {
            rows = Judge(battery).rows(try evidences(tool.name, sessions.map(\.session)))
        }
        return JudgeCard(name: tool.name, version: tool.version, python: tool.python, rows: rows)
    }

    private func evidences(_ name: String, _ sessions: [Int64]) throws(RunningError) -> [Evidence] {
        let tool = try JudgedTool(name, rate: battery.rate)
        var evidences: [Evidence] = []
        for program in battery.programs {
            let runs = try runs(of: program, in: sessions)
            let profiled = runs.filter { $0.tool == name }.map(\.content)
            guard !profiled.isEmpty else { continue }
            // Of swprof's designs, samplers alone account for ticks.
            let isSampler = profiled.contains { $0.ledger != nil }
            let kind = tool.isWritten ? isSampler ? .sampling : .tracing : tool.kind
            let plain = runs.filter { $0.tool == nil }.map(\.content)
            var evidence = Evidence(
                program: program, kind: kind, profiled: profiled, controls: plain.filter { $0.failure == nil })
            evidence.obstacle = plain.lazy.compactMap(\.failure).first
            evidences.append(evidence)
        }
        return evidences
    }

    /// Those of the program as it is now. Rounds of different sessions are different rounds.
    private func runs(of program: BatteryProgram, in sessions: [Int64]) throws(RunningError) -> [RunRecord] {
        let hash = program.hash
        let records = try store.read { db in
            try RunRecord.filter(Column("program") == program.name && Column("hash") == hash)
                .filter(sessions.contains(Column("session"))).order(Column("session"), Column("round")).fetchAll(db)
        }
        return records.map { record in
            var record = record
            record.content.round += Int(record.session) * 1_000_000
            return record
        }
    }
}

/// Which runs are on one card.
private struct CardKey: Hashable {
    var name: String
    var version: String?
    var python: String

    init(_ tool: ToolRecord) { (name, version, python) = (tool.name, tool.version, tool.python) }
}

extension Judge {
    /// The one row of a tool that could not be run at all.
    static func refusalRow(_ refusal: String) -> JudgeRow {
        JudgeRow(
            question: "every program: a profile of every run", program: nil, group: .sight, verdict: .cannotTell,
            asked: "no run fails", text: refusal)
    }
}
