import Analysis

/// How simulated figures are put into words, on the terminal and in HTML.
enum SimulateWording {
    static let note =
        "95 % intervals. Covered: the part of the replays in which the interval that a report prints has the truth. Width of "
        + "that interval and error of one run (root mean square) in points."

    static func timeline(_ timeline: SimulatedTimeline) -> String {
        let time = timeline.compensated ? "without what recording took" : "as measured"
        let threads = timeline.threads == 1 ? "1 thread" : "\(Figures.count(timeline.threads)) threads"
        let python = timeline.python.isEmpty ? "" : "Python \(timeline.python), "
        return
            "\(python)\(Figures.count(timeline.events)) events of \(threads) in \(Figures.seconds(timeline.seconds)) (\(timeline.clock.rawValue)), recorded by \(timeline.design), \(time)"
    }

    static func sampler(_ findings: SimulateFindings) -> String {
        let sampler = findings.sampler
        var parts = [
            "\(Figures.count(findings.times)) replays of \(sampler.design), \(sampler.schedule.rawValue), \(rate(sampler.rate)) Hz, \(Figures.seconds(sampler.seconds)) each",
            "\(Figures.fixed(findings.ticks, 0)) ticks a run",
        ]
        if sampler.torn > 0 { parts.append("stacks read over \(Figures.fixed(sampler.torn, 1)) µs") }
        if sampler.loss > 0 { parts.append("\(percent(sampler.loss)) of the ticks lost") }
        return parts.joined(separator: "; ")
    }

    static func sentences(_ findings: SimulateFindings) -> [String] {
        [totalVariation(findings), impossible(findings), sufficient(findings)].compactMap { $0 } + aliasing(findings)
    }

    private static func totalVariation(_ findings: SimulateFindings) -> String? {
        findings.totalVariation.map {
            "One run's shares are \(points($0.value)) points of total variation from the truth."
        }
    }

    private static func impossible(_ findings: SimulateFindings) -> String? {
        findings.impossible.map { "\(percent($0)) of the stacks cannot be." }
    }

    private static func sufficient(_ findings: SimulateFindings) -> String? {
        guard let enough = findings.suffices else { return nil }
        let rate = enough.rate.map { "\(self.rate($0)) Hz for \(Figures.seconds(findings.sampler.seconds)), or " } ?? ""
        return
            "To know every function to within ±\(points(enough.error)) points: \(rate)\(self.rate(findings.sampler.rate)) Hz for \(Figures.seconds(enough.seconds)) (\(enough.function) needs most)."
    }

    private static func aliasing(_ findings: SimulateFindings) -> [String] {
        findings.aliasing.prefix(mostNamed).map {
            "Periodic ticks at \(rate($0.rate)) Hz run in step with the program: one run's error of \($0.function) is \(points($0.error)) points, \(Figures.fixed($0.ratio, 1)) times that of as many independent ticks."
        }
    }

    private static let mostNamed = 5

    static func percent(_ share: Double?) -> String { share.map { Figures.percent($0, 2) } ?? Figures.missing }

    static func points(_ share: Double?) -> String { share.map { Figures.fixed(100 * $0, 2) } ?? Figures.missing }

    static func rate(_ rate: Double) -> String { Int(exactly: rate).map(Figures.count) ?? Figures.fixed(rate, 1) }

    static func bias(_ bias: BoundedFigure?) -> ShareText { text(bias, digits: 3) { $0 } }

    static func coverage(_ coverage: BoundedFigure?) -> ShareText { text(coverage, digits: 1) { $0 + " %" } }

    private static func text(_ interval: BoundedFigure?, digits: Int, _ unit: (String) -> String) -> ShareText {
        guard let interval else { return .missing }
        var text = ShareText(share: unit(Figures.fixed(100 * interval.value, digits)))
        if let low = interval.low, let high = interval.high {
            text.bounds = "[\(Figures.fixed(100 * low, digits)), \(Figures.fixed(100 * high, digits))]"
        }
        return text
    }
}
