/// One line of the table: a figure, what was asked, what was measured.
struct Row: Sendable, Codable, Equatable {
    var figure: String
    var asked: String
    var measured: String
    var rounds: Int
    var verdict: Verdict
    var value: Double?
    var low: Double?
    var high: Double?
}
