/// A sentence with its names as code.
struct SentenceView {
    struct Part {
        var text: String?
        var code: String?
    }

    var parts: [Part]

    /// - Parameter text: with names between backticks.
    init(_ text: String) {
        let pieces = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        // A name may hold a backtick itself.
        guard !pieces.count.isMultiple(of: 2) else {
            parts = [Part(text: text)]
            return
        }
        parts = pieces.enumerated().map { $0.isMultiple(of: 2) ? Part(text: $1) : Part(code: $1) }
    }
}
