import Testing

import ProfileModel

@Suite struct LineMarkTests {
    private let lines = ["a = 1", "", "  b = 2  ", "c = 3"]

    @Test func blanksAroundTheTextDoNotMatter() {
        #expect(LineMark(of: 3, in: lines) == LineMark(of: 2, in: ["a = 1", "b = 2", "\t", "c = 3"]))
        #expect(LineMark(of: 1, in: ["a b"])?.text != LineMark(of: 1, in: ["ab"])?.text)
    }

    @Test func neighboursTellLinesOfOneTextApart() throws {
        let (first, second) = (
            try #require(LineMark(of: 1, in: ["x", "y"])), try #require(LineMark(of: 2, in: ["y", "x"]))
        )
        #expect(first.text == second.text && first.neighbours != second.neighbours)
    }

    @Test(arguments: [0, -1, 2, 5]) func whatIsNotThereHasNone(number: Int) {
        #expect(LineMark(of: number, in: lines) == nil)
    }

    @Test func onlyLinesThatWereSeenAreMarked() {
        struct Source: SourceText {
            func lines(of file: String) -> [String]? { file == "a.py" ? ["one", "two"] : nil }
        }
        var symbols = SymbolInterning()
        for (file, line) in [("a.py", 2), ("a.py", 9), ("a.py", 0), ("gone.py", 1)] {
            _ = symbols.intern(Function(qualified: "f", file: file, line: 1), line: line)
        }
        var profile = Profile(design: "signal", kind: .sampling)
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        let marked = profile.marked(by: Source())
        #expect(marked.marks.keys.sorted() == ["a.py"] && marked.marks["a.py"]?.keys.sorted() == [2])
        #expect(profile.marked(by: Source()) { _ in false }.marks.isEmpty)
    }
}
