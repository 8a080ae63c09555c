import Testing

@testable import Running

@Suite struct ProcessOutcomeTests {
    @Test(
        arguments: [
            (nil, nil), ("", nil), (" \n\n", nil), ("an error\n", "an error"),
            ("Traceback:\n  File x\nValueError: no\n\n", "ValueError: no"),
            (
                "\u{274C} The Python is not known; let austin\ndiscover it automatically.\n",
                "\u{274C} The Python is not known; let austin discover it automatically."
            ),
            ("all in\nlower case\n", "all in lower case"),
        ] as [(String?, String?)])
    func theLastWordsAreASentence(written: String?, words: String?) {
        var outcome = ProcessOutcome(status: 1, seconds: 0)
        outcome.errorEnd = written
        #expect(outcome.lastWords == words)
    }

    @Test func theLastWordsAreFew() {
        var outcome = ProcessOutcome(status: 1, seconds: 0)
        outcome.errorEnd = String(repeating: "word after word\n", count: 1000)
        #expect(outcome.lastWords?.count == 200)
    }
}
