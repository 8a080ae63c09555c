/// What the template `page` shows. The names of properties are the names in the templates, which see stored
/// properties only.
struct PageView {
    var title: String
    var kicker: String
    var program: String
    var facts: [String]
    /// What a change did, where two versions of a program are compared.
    var change: ChangeView?
    /// Whether designs were compared at all.
    var verdictSection = false
    var verdicts: [VerdictView] = []
    var cards: [CardView] = []
    var charts: [ChartView] = []
    var curves: [CurveView] = []
    var listings: [ListingView] = []
    var flames: [FlameView] = []
    var agreements: [AgreementView] = []
    var resolutions = ""
    var order: [String] = []
    /// Single runs' places that differ by more than their sampling error.
    var differences: [String] = []
    /// What these do not show.
    var differencesNote: String?
    /// Whether what is shown could have caveats at all.
    var caveatSection = true
    var caveats: [CaveatView] = []
    var intervals: [String] = []
    var audit: [AuditView] = []
}

struct VerdictView {
    var text: String
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
