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
        return
            "compensated: measured time minus the probe costs of \(whose), calibrated on \(days); 95 %, the costs' uncertainty included"
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
