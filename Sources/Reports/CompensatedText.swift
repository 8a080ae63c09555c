import Analysis

/// Compensated times for people.
enum CompensatedText {
    /// `1.23 s` and `[1.10, 1.36]`, both in the unit of the time; in words where it is not identifiable.
    static func time(_ compensated: Compensated?) -> ShareText {
        guard let compensated else { return .missing }
        var text = ShareText.missing
        text.bounds = notIdentifiable
        guard let low = compensated.low, let high = compensated.high else { return text }
        let (scale, digits) = unit(of: compensated.seconds)
        text.share = Figures.seconds(compensated.seconds)
        text.bounds = "[\(Figures.fixed(low * scale, digits)), \(Figures.fixed(high * scale, digits))]"
        return text
    }

    static let notIdentifiable = "not identifiable"

    /// What the brackets behind a compensated time mean.
    static func note(_ calibrations: [DesignCosts]) -> String? {
        let calibrations = calibrations.filter { $0.checks?.improved ?? true }
        guard let first = calibrations.first else { return nil }
        let days = Set(calibrations.map { $0.date.prefix(10) }).sorted().joined(separator: ", ")
        let whose = calibrations.count == 1 ? first.name : calibrations.map(\.name).joined(separator: ", ")
        return "compensated: measured time minus the probe costs of \(whose), calibrated on \(days); 95 %, the costs' uncertainty included"
    }

    /// As `Figures.seconds` chooses it.
    private static func unit(of seconds: Double) -> (scale: Double, digits: Int) {
        switch abs(seconds) {
        case 100...: (1, 0)
        case 0.0995...: (1, 2)
        case 0.000_995...: (1e3, 1)
        default: (1e6, 0)
        }
    }
}

/// A column of shares: a design's, or what is left of them without its probes.
struct ShareColumn {
    var design: DesignFinding
    /// The index that colours it.
    var tone: Int

    static func plain(_ designs: [DesignFinding]) -> [ShareColumn] {
        designs.enumerated().map { ShareColumn(design: $1, tone: $0) }
    }

    /// Every design that tells self shares, and behind a calibrated tracer its compensated ones.
    static func columns(of designs: [DesignFinding]) -> [ShareColumn] {
        designs.enumerated().filter(\.element.tellsSelfShares).flatMap { index, design in
            [design, design.withoutProbes].compactMap { $0 }.map { ShareColumn(design: $0, tone: index) }
        }
    }
}

extension DesignFinding {
    var tellsSelfShares: Bool { functions.contains { $0.`self`.share != nil } }

    fileprivate var withoutProbes: DesignFinding? {
        guard functions.contains(where: { $0.`self`.compensated != nil }) else { return nil }
        var design = self
        (design.name, design.lines, design.opcodes) = ("compensated", [], [])
        for place in functions.indices { design.functions[place].`self` = functions[place].`self`.withoutProbes }
        return design
    }
}

extension Estimate {
    /// The compensated share; none where it is not identifiable.
    var withoutProbes: Estimate {
        guard let compensated, let low = compensated.shareLow else { return Estimate(share: nil) }
        return Estimate(share: compensated.share, low: low, high: compensated.shareHigh, seconds: compensated.seconds)
    }
}
