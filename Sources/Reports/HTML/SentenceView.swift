/// A sentence with its names as code.
struct SentenceView {
    /// Named as nothing else in a page is: what a part does not have, a template takes from what is around it.
    struct Part {
        var plain: String?
        var quoted: String?
    }

    var parts: [Part]

    /// - Parameter text: with names between backticks.
    init(_ text: String) {
        let pieces = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        // A name may hold a backtick itself.
        guard !pieces.count.isMultiple(of: 2) else {
            parts = [Part(plain: text)]
            return
        }
        parts = pieces.enumerated().map { $0.isMultiple(of: 2) ? Part(plain: $1) : Part(quoted: $1) }
    }
}
