import Analysis

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
