import Analysis
import ProfileModel

extension TerminalReport {
    /// What an experiment's results say, as tables.
    public static func experiment(_ findings: ExperimentFindings, options: TerminalOptions) -> String {
        var page = Page(options)
        page.add(StyledLine([Span("swprof experiment", .strong), Span("  " + findings.title)]))
        let machine = findings.audit["processor"]?.first.map { " · \($0)" } ?? ""
        page.sentence("\(Figures.count(findings.measurements)) measurements\(machine)")
        for stale in findings.stale {
            page.sentence("stale: \(stale.workload): \(stale.why)", .warning, bullet: "  ! ")
        }
        page.addOverall(findings.designs)
        for block in findings.blocks { page.addBlock(block, within: findings.within) }
        for model in findings.model { page.addModel(model) }
        page.addCaveats((findings.drift + findings.caveats + findings.blocks.flatMap(\.caveats)).map { ([], $0) })
        page.add(StyledLine())
        page.sentence(
            "95 %, over rounds: jackknife, log scale for ratios; slowdown of wall time, added CPU time.", .faint,
            bullet: "[ ] ")
        if let cost = findings.runnersCost {
            page.sentence(
                "Between runs the experiment itself took \(Figures.fixed(cost * 100, 2)) % of the time in programs.",
                .faint)
        }
        return page.rendered()
    }
}

extension Page {
    fileprivate mutating func addOverall(_ designs: [OverallFinding]) {
        guard let first = designs.first, designs.contains(where: { $0.workloads > 1 }) else { return }
        heading("Over \(Figures.count(first.workloads)) programs")
        var table = TextTable()
        table.add("design", lines: designs.map { StyledLine($0.name, .strong) })
        table.add("slowdown, geometric mean", designs.map { $0.slowdown.map(Figures.ratio) ?? Figures.missing }, .left)
        table.add("most", designs.map { Figures.fixed($0.most, 2) })
        table.add("of", lines: designs.map { StyledLine($0.mostOf) })
        add(table.lines(width: width))
    }

    /// - Parameter within: the function whose time the shares are parts of; `nil` for the whole run's.
    fileprivate mutating func addBlock(_ block: BlockFinding, within: String?) {
        heading(block.label)
        let control =
            block.control.map { "control \(Figures.seconds($0.seconds)) · \(Wording.selfTest($0.selfTest))" }
            ?? "no control ended well"
        sentence(
            "Python \(block.python) · \(control)" + (block.settling.map { " · \($0.rawValue)" } ?? ""), bullet: "  ")
        addArms(block.arms)
        for failure in block.failures {
            sentence("control: \(failure.runs) failed: \(failure.why)", .warning, bullet: "  ! ")
        }
        for arm in block.arms {
            for failure in arm.failures {
                sentence("\(arm.name): \(failure.runs) failed: \(failure.why)", .warning, bullet: "  ! ")
            }
        }
        addShares(of: block, within: within)
        addHottest(block.arms)
    }

    private mutating func addArms(_ arms: [ArmFinding]) {
        guard !arms.isEmpty else { return }
        var table = TextTable()
        table.add("design", lines: arms.map { StyledLine($0.name, .strong) })
        table.add("runs", arms.map { Figures.count($0.runs) })
        table.add("slowdown", arms.map { $0.slowdown.map(Figures.ratio) ?? Figures.missing }, .left)
        table.add("added CPU", arms.map { $0.added.map(Figures.signedSeconds) ?? Figures.missing }, .left)
        if arms.contains(where: { $0.ledger != nil }) {
            table.add("missed", arms.map { Self.part($0.ledger, \.missed) })
            table.add("failed", arms.map { Self.part($0.ledger, \.failed) })
        }
        table.add("far out", arms.map { Figures.count($0.outliers) })
        table.add("over rounds", lines: arms.map { StyledLine($0.settling?.rawValue ?? Figures.missing) })
        add(table.lines(width: width))
    }

    private static func part(_ ledger: Ledger?, _ count: (Ledger) -> Int) -> String {
        guard let ledger, ledger.due > 0 else { return Figures.missing }
        return Figures.fixed(100 * Double(count(ledger)) / Double(ledger.due), 2) + " %"
    }

    /// A row a place, a column an arm, and the program's own truth before them.
    private mutating func addShares(of block: BlockFinding, within: String?) {
        let telling = block.arms.filter { !$0.shares.isEmpty }
        guard !telling.isEmpty || !block.truth.isEmpty else {
            if let within {
                sentence("no run has a function `\(within)`, and so no shares within it", .warning, bullet: "  ! ")
            }
            return
        }
        var places: [ShareFinding] = []
        for share in block.truth + telling.flatMap(\.shares) where share.basis != .truth || block.truth.contains(share)
        {
            if !places.contains(where: { $0.isSamePlace(as: share) }) { places.append(share) }
        }
        let rows = places.filter { $0.basis != .function || $0.share.mean >= 0.01 || telling.count < 3 }.prefix(
            options.rows)
        add(StyledLine())
        var table = TextTable()
        if !block.truth.isEmpty { table.add("truth", shares: rows.map { ShareText(block.truth.share(at: $0)) }) }
        for arm in telling { table.add(arm.name, shares: rows.map { ShareText(arm.shares.share(at: $0)) }) }
        table.add(within.map { "share of, within \($0)" } ?? "share of", lines: rows.map { StyledLine($0.place) })
        add(table.lines(width: width))
    }

    private mutating func addHottest(_ arms: [ArmFinding]) {
        for arm in arms where !arm.hottest.isEmpty {
            let names = arm.hottest.prefix(8).map { "\($0.place) in \($0.runs)" }.joined(separator: ", ")
            let count = arm.hottest.count == 1 ? "always the same was" : "\(arm.hottest.count) different ones were"
            sentence("\(arm.name): \(count) the hottest: \(names)", .faint, bullet: "  ")
        }
    }

    fileprivate mutating func addModel(_ model: OverheadModel) {
        heading("What \(model.design) adds, by calls, over \(model.workloads.count) programs")
        var table = TextTable()
        table.add("for each", lines: model.costs.map { StyledLine($0.name, .strong) })
        table.add(
            "weighted fit",
            model.costs.map { "\(Figures.signed($0.seconds)) [\(Figures.signed($0.low)), \(Figures.signed($0.high))]" },
            .left)
        table.add("robust fit", model.costs.map { $0.robust.map(Figures.signed) ?? Figures.missing }, .left)
        add(table.lines(width: width))
        let error = model.leaveOneOutError.map { "\(Figures.fixed($0 * 100, 1)) % of the added time" } ?? "not known"
        sentence(
            "each program predicted from the others: off by \(error) · lack of fit \(Figures.probability(model.lackOfFitP))",
            .faint, bullet: "  ")
    }
}

extension [ShareFinding] {
    fileprivate func share(at place: ShareFinding) -> Estimate? {
        first { $0.isSamePlace(as: place) }.map {
            Estimate(share: $0.share.mean, low: $0.share.low, high: $0.share.high)
        }
    }
}

extension ShareFinding {
    /// A truth is of the same place as what is measured of it.
    fileprivate func isSamePlace(as other: ShareFinding) -> Bool {
        (name, file, line) == (other.name, other.file, other.line) && basis.comparable == other.basis.comparable
    }

    fileprivate var place: String {
        switch basis {
        case .truth, .within: name + (basis == .within ? ", with what it calls" : "")
        case .function: file.map { "\(name)  \($0)" } ?? "\(name)  C"
        case .line: "\(file ?? ""):\(line)"
        }
    }
}

extension HottestFinding {
    fileprivate var place: String { name.isEmpty ? "\(file ?? ""):\(line)" : name }
}

extension Figures {
    fileprivate static func signed(_ seconds: Double) -> String {
        abs(seconds) < 1e-6 ? "\(fixed(seconds * 1e9, 1)) ns" : self.seconds(seconds)
    }

    fileprivate static func signedSeconds(_ interval: Interval) -> String {
        guard let low = interval.low, let high = interval.high else { return seconds(interval.mean) }
        return "\(seconds(interval.mean)) [\(seconds(low)), \(seconds(high))]"
    }
}
