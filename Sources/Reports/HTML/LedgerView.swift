import Analysis
import ProfileModel

/// What the template `ledger` shows: what became of a sampler's ticks, and what is in no figure.
struct LedgerView {
    var heading: String?
    var sentences: [String]
    /// What was due, and what of it became what.
    var rows: [LedgerRowView]
    var gaps: GapsView?
}

struct LedgerRowView {
    var name: String
    var figure: String
    var part: String
    var why: String
}

extension LedgerView {
    init?(
        heading: String? = nil, _ ledger: Ledger?, _ unaccounted: Unaccounted?, followed: Int = 1,
        gaps: GapHistogram? = nil
    ) {
        guard ledger != nil || unaccounted != nil else { return nil }
        self.heading = heading
        sentences = [unaccounted.map { Wording.unaccounted($0, followed: followed) }].compactMap { $0 }
        sentences += (unaccounted?.reasons ?? []).map(\.text)
        rows = ledger.map(Self.rows) ?? []
        self.gaps = gaps.map(GapsView.init)
    }

    private static func rows(_ ledger: Ledger) -> [LedgerRowView] {
        let due = Double(max(1, ledger.due))
        func row(_ name: String, _ count: Int, _ why: [TickReason: Int]? = nil) -> LedgerRowView {
            let reasons = (why ?? [:]).filter { $0.value > 0 }.sorted {
                ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
            }
            return LedgerRowView(
                name: name, figure: Figures.count(count), part: ShareText(Estimate(share: Double(count) / due)).share,
                why: reasons.map { "\($0.key.rawValue) \(Figures.count($0.value))" }.joined(separator: ", "))
        }
        return [
            row("ticks due", ledger.due), row("taken", ledger.taken), row("of these late", ledger.late, ledger.lateBy),
            row("missed", ledger.missed, ledger.lostBy), row("failed", ledger.failed),
        ]
    }
}

/// A histogram of the gaps between ticks, in the picture's own units.
struct GapsView {
    struct Bar {
        var x: String
        var y: String
        var height: String
        var spoken: String
    }

    var note: String
    var spoken: String
    var bars: [Bar]
    var barWidth: String
    var across: [TickView]

    private static let (width, height) = (700.0, 120.0)

    init(_ gaps: GapHistogram) {
        let most = Double(max(1, gaps.counts.max() ?? 1))
        let step = Self.width / Double(max(1, gaps.counts.count))
        func milliseconds(_ bin: Double) -> String { Figures.fixed(bin * gaps.width / 1e6, 2) }
        bars = gaps.counts.enumerated().filter { $1 > 0 }.map { bin, count in
            let height = max(1, Double(count) / most * Self.height)
            return Bar(
                x: Self.text(Double(bin) * step), y: Self.text(Self.height - height), height: Self.text(height),
                spoken: "\(milliseconds(Double(bin))) to \(milliseconds(Double(bin + 1))) ms: \(Figures.count(count))")
        }
        barWidth = Self.text(step - 1)
        across = stride(from: 0, through: gaps.counts.count, by: max(1, gaps.counts.count / 4)).map { bin in
            TickView(position: Self.text(Double(bin) * step), label: milliseconds(Double(bin)) + " ms")
        }
        let all = gaps.counts.reduce(0, +) + gaps.longer
        note = "Gaps between ticks: how far apart the \(Figures.count(all + 1)) looks really were."
        if gaps.longer > 0 { note += " Longer than the picture: \(Figures.count(gaps.longer))." }
        spoken = "Histogram of the gaps between ticks"
    }

    private static func text(_ value: Double) -> String { Decimals.fixed(value, 1) ?? "0" }
}
