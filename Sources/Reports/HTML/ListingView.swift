import Analysis
import ProfileModel

/// What the template `listing` shows: a function's source with a column of heat for each design.
struct ListingView {
    /// Counted from 0.
    var id: Int
    var function: String
    var place: String
    var columns: [String]
    var lines: [ListingLineView]
    var remark: String?
}

struct ListingLineView {
    var number: String
    var code: String
    var cells: [HeatView]
}

struct HeatView {
    /// 0 to 1, as CSS writes it.
    var heat: String?
    var shown: String
}

/// The source of the hottest functions.
struct Listings {
    private static let most = 6
    private static let mostLines = 80
    private static let context = 2
    /// Lines of less are left without a figure: it would be 0.00 %.
    private static let leastShare = 0.000_05

    let designs: [DesignFinding]
    let paths: ShortPaths
    let source: any SourceText

    init(_ all: [DesignFinding], paths: ShortPaths, source: any SourceText) {
        designs = all.filter { !$0.lines.isEmpty }
        self.paths = paths
        self.source = source
    }

    var views: [ListingView] { groups.enumerated().map { view(of: $1, $0) } }

    /// By function, its listing.
    var numbers: [LineGroup.Key: Int] {
        Dictionary(groups.enumerated().map { ($1.key, $0) }) { first, _ in first }
    }

    private var groups: [LineGroup] {
        let rows = SideBySide.lines(designs).filter { $0.largestShare >= Self.leastShare }
        return Array(LineGroup.groups(of: rows).prefix(Self.most))
    }

    private func view(of group: LineGroup, _ id: Int) -> ListingView {
        let text = source.lines(of: group.file)
        let numbers = numbers(of: group, in: text)
        let code = CodeText.outdented(numbers.map { source.line($0, of: group.file) ?? "" })
        let rows = Dictionary(group.rows.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
        return ListingView(
            id: id, function: group.function, place: paths(group.file), columns: designs.map(\.name),
            lines: zip(numbers, code).map { line($0, $1, rows[$0]) },
            remark: text == nil ? "Source not available." : nil)
    }

    /// The lines to show: from the function's first to its last hot one and a little beyond, or only
    /// the hot ones where they lie too far apart or the source is not there.
    private func numbers(of group: LineGroup, in text: [String]?) -> [Int] {
        let hot = group.rows.map(\.line)
        guard let text, let first = hot.first, let last = hot.last, first > 0, last <= text.count else { return hot }
        let start = firstLine(of: group).map { min($0, first) } ?? max(1, first - Self.context)
        let end = min(text.count, last + Self.context)
        guard end - start < Self.mostLines else { return hot }
        let written = (start...end).last { !text[$0 - 1].allSatisfy(\.isWhitespace) } ?? end
        return Array(start...max(last, written))
    }

    /// Where the function of that bare name begins that is the last to begin before its hot lines.
    private func firstLine(of group: LineGroup) -> Int? {
        let first = group.rows.first?.line ?? 0
        return designs.flatMap(\.functions)
            .filter { $0.file == group.file && $0.name == group.function && $0.line > 0 && $0.line <= first }
            .map(\.line).max()
    }

    private func line(_ number: Int, _ code: String, _ row: SideBySideRow?) -> ListingLineView {
        let cells = designs.indices.map { index in
            guard let estimate = row?.estimates[index], let share = estimate.share, share.isFinite,
                share >= Self.leastShare
            else {
                return HeatView(shown: "")
            }
            // By the root, so that a twentieth of the time is seen.
            return HeatView(
                heat: Figures.fixed(min(1, max(0, share)).squareRoot(), 3), shown: ShareText(estimate).share)
        }
        return ListingLineView(number: String(number), code: code, cells: cells)
    }
}
