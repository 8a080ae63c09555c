import Analysis
import ProfileModel

extension PageView {
    init(run: RunFindings, flame: FlameNode, source: any SourceText, paths: ShortPaths) {
        let program = run.program.joined(separator: " ")
        let command = Wording.command(design: run.design)
        self.init(title: "\(command): \(program)", kicker: command, program: program, facts: Self.facts(of: run))
        let alone = DesignFinding(
            name: run.design, kind: run.kind, clock: run.clock, estimand: run.estimand, interval: run.interval,
            functions: run.functions, lines: run.lines, opcodes: run.opcodes)
        charts = [ShareCharts.functions(of: run, paths: paths)]
        if !run.lines.isEmpty { charts.append(ShareCharts.lines(of: [alone], paths: paths, source: source)) }
        charts += [ShareCharts.tasks(of: run)].compactMap { $0 }
        charts += [ShareCharts.opcodes(of: [alone])].compactMap { $0 }
        listings = Listings([alone], paths: paths, source: source).views
        flames = [FlameLayout(paths: paths).view(of: flame, design: run.design)]
        order = [Wording.hottest(run.ranks, run.functions), Wording.unseen(run.unseen)].compactMap { $0 }
        caveats = run.caveats.map { CaveatView(text: $0.text, code: $0.code) }
        intervals = ["\(run.design): \(Wording.estimand(run.estimand, interval: run.interval))"]
        intervals += [CompensatedText.note([run.calibration].compactMap { $0 })].compactMap { $0 }
        audit = Self.audit(run.audit)
    }

    private static func facts(of run: RunFindings) -> [String] {
        var facts = [
            Wording.design(
                name: run.design, version: nil, kind: run.kind, schedule: run.schedule, rate: run.rate,
                clock: run.clock),
            "Python \(run.python)", Figures.seconds(run.seconds),
        ]
        if let ledger = run.ledger { facts.append(Wording.ledger(ledger)) }
        if let unaccounted = run.unaccounted {
            facts.append(Wording.unaccounted(unaccounted, followed: run.processes?.count ?? 1))
        }
        if let processes = Wording.processes(run) { facts.append(processes) }
        if let exit = run.exit, exit != 0 { facts.append("exit status \(exit)") }
        if let within = run.within { facts.append("shares of the time within \(within)") }
        return facts
    }

    static func audit(_ audit: [String: String]) -> [AuditView] {
        audit.sorted { $0.key < $1.key }.map { AuditView(key: $0.key, value: $0.value) }
    }
}
