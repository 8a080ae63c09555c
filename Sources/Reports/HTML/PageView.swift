/// What the template `page` shows, in the order of the page. The names of properties are the names in the templates, which
/// see stored properties only.
struct PageView {
    var title: String
    var kicker: String
    var program: String
    var facts: [String]
    /// What the report says in a few sentences.
    var summary: [SentenceView] = []
    /// What a change did, where two versions of a program are compared.
    var change: ChangeView?
    /// What is seen first.
    var first: [FlameView] = []
    var flameHeading = "Where the time goes"
    var flameNote = ""
    /// Whether designs were compared at all.
    var verdictSection = false
    var verdicts: [VerdictView] = []
    /// Single runs' places that differ by more than their sampling error.
    var differences: [String] = []
    /// What these do not show.
    var differencesNote: String?
    var functions: FunctionsView?
    var cards: [CardView] = []
    var charts: [ChartView] = []
    var curves: [CurveView] = []
    var listings: [ListingView] = []
    /// One of each design.
    var flames: [FlameView] = []
    var agreements: [AgreementView] = []
    var resolutions = ""
    var order: [String] = []
    var ledgers: [LedgerView] = []
    /// What profiling cost.
    var costs: [ChartView] = []
    /// Whether what is shown could have caveats at all.
    var caveatSection = true
    var caveats: [CaveatView] = []
    var intervals: [String] = []
    var audit: [AuditView] = []
}

struct VerdictView {
    var text: SentenceView
    var places: [VerdictPlaceView]
    var likelier: String
    var known: Bool
}

struct VerdictPlaceView {
    var function: String
    var place: String
    var figures: String
}

struct AgreementView {
    var pair: String
    var by: String
    var apart: String
    var floor: String
    var p: String
}

struct CaveatView {
    var whose: String?
    var text: String
    var code: String
}

struct AuditView {
    var key: String
    var value: String
}
