import Analysis

extension TerminalReport {
    /// How much to measure, in words.
    public static func plan(_ findings: PlanFindings, options: TerminalOptions) -> String {
        var page = Page(options)
        page.add("swprof plan", .strong)
        let share = ShareText(Estimate(share: findings.share)).share
        let whose = findings.function.map { "the share of \($0), \(share)," } ?? "a share of \(share)"
        page.sentence(
            "To know \(whose) to within ±\(Figures.fixed(findings.error * 100, 2)) points "
                + "(\(Figures.fixed(findings.confidence * 100, 0)) %):")
        page.sentence("\(amount(findings)).", .strong, bullet: "  ")
        if findings.designEffect != 1 {
            page.sentence(
                "The samples have \(Figures.fixed(findings.designEffect, 2)) times the variance of independent ones.",
                .faint, bullet: "  ")
        }
        page.sentence(scope(findings), .faint, bullet: "  ")
        page.addCaveats(findings.caveats.map { ([], $0) })
        return page.rendered()
    }

    /// `9,604 samples in 1 run, 9.60 s at 1,000 Hz`
    private static func amount(_ findings: PlanFindings) -> String {
        let rate = Int(exactly: findings.rate).map(Figures.count) ?? Figures.fixed(findings.rate, 1)
        let each = "\(count(findings.samplesPerRun)) samples"
        let time = Figures.seconds(findings.secondsPerRun)
        guard findings.runs > 1 else { return "\(each) in 1 run, \(time) at \(rate) Hz" }
        return
            "\(Figures.count(findings.runs)) runs of \(each), each \(time) at \(rate) Hz; \(Figures.seconds(findings.seconds)) in all"
    }

    private static func count(_ samples: Double) -> String {
        Int64(exactly: samples).map { Figures.count($0) } ?? "\(samples)"
    }

    private static func scope(_ findings: PlanFindings) -> String {
        guard let spread = findings.betweenRuns else {
            return
                "This is for the share in the very runs that are sampled. Runs differ too: give their standard deviation with --spread."
        }
        return "Runs are taken to differ by \(Figures.fixed(spread * 100, 2)) points (standard deviation)."
    }
}
