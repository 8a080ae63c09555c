import Analysis
import ProfileModel

extension PageView {
    init(run: RunFindings, flame: FlameTable, gaps: GapHistogram?, source: any SourceText, paths: ShortPaths) throws {
        let program = run.program.joined(separator: " ")
        let command = Wording.command(run)
        self.init(title: "\(command): \(program)", kicker: command, program: program, facts: Self.facts(of: run))
        let alone = DesignFinding(
            name: run.design, kind: run.kind, clock: run.clock, estimand: run.estimand, interval: run.interval,
            functions: run.functions, lines: run.lines, opcodes: run.opcodes)
        summary = run.tree.map { Wording.summary(run, $0, paths).map(SentenceView.init) } ?? []
        let sources = Listings([alone], paths: paths, source: source)
        listings = sources.views
        let table = FunctionTable(findings: run, paths: paths, sources: sources.numbers)
        functions = table.view
        first = [try FlameLayout(paths: paths, rows: table.rows).view(of: flame)]
        flameNote = Wording.flameNote(run.tree)
        charts = run.lines.isEmpty ? [] : [ShareCharts.lines(of: [alone], paths: paths, source: source)]
        charts += [ShareCharts.tasks(of: run), ShareCharts.processes(of: run), ShareCharts.threads(of: run)].compactMap
        { $0 }
        charts += [ShareCharts.opcodes(of: [alone])].compactMap { $0 }
        order = [Wording.hottest(run.ranks, run.functions), Wording.unseen(run.unseen)].compactMap { $0 }
        let followed = run.processes?.count ?? 1
        ledgers = [LedgerView(run.ledger, run.unaccounted, followed: followed, gaps: gaps)].compactMap { $0 }
        caveats = run.caveats.map { CaveatView(text: $0.text, code: $0.code) }
        intervals = ["\(run.design): \(Wording.estimand(run.estimand, interval: run.interval))"]
        intervals += [CompensatedText.note([run.calibration].compactMap { $0 })].compactMap { $0 }
        audit = Self.audit(run.audit)
    }

    private static func facts(of run: RunFindings) -> [String] {
        var facts = [
            Wording.design(
                name: run.design, version: nil, kind: run.kind, schedule: run.schedule, rate: run.rate,
                clock: run.clock)
        ]
        facts += Wording.run(run)
        if let processes = Wording.processes(run) { facts.append(processes) }
        if let exit = run.exit, exit != 0 { facts.append("exit status \(exit)") }
        if let time = Wording.time(run) { facts.append(time) }
        if let within = run.within { facts.append("shares of the time within \(within)") }
        return facts
    }

    static func audit(_ audit: [String: String]) -> [AuditView] {
        audit.sorted { $0.key < $1.key }.map { AuditView(key: $0.key, value: $0.value) }
    }
}
