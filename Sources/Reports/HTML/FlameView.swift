/// What the template `flame` shows: the controls of a flame graph, and the data that the page's script draws it from.
struct FlameView {
    var heading: String?
    /// Whether imports and libraries can be folded.
    var folds: Bool
    var legend: [LegendView]
    /// JSON that is safe within an element.
    var data: String
    var remark: String?
}

struct LegendView {
    var tone: String
    var text: String
}
