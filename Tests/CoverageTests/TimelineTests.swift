import Running
import Testing

@testable import swprof_coverage

private typealias Segment = RecordedTimeline.Segment

@Suite struct TimelineTests {
    private let one = RecordedTimeline(threads: [
        .init(
            within: [1000, 2000],
            segments: [
                Segment(function: "f", begin: 1000, end: 1300), Segment(function: "g", begin: 1300, end: 1500),
                Segment(function: "f", begin: 1600, end: 1900),
            ])
    ])

    @Test func truthIsThePartOfMain() {
        #expect(Timeline(one).functions == ["f", "g"])
        #expect(zip(Timeline(one).truth, [0.6, 0.2]).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    /// f is there twice for 300 and away twice for 200; g once for 200, and away before and behind.
    @Test func phasesAreMeanStretches() {
        #expect(zip(Timeline(one).phases, [200, 200.0 / 1.5]).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    /// Of two threads that are in main for 1,000 and 500, 300 of the first and all of the second are f.
    @Test func threadsAddUp() {
        let two = RecordedTimeline(threads: [
            .init(within: [0, 1000], segments: [Segment(function: "f", begin: 0, end: 300)]),
            .init(within: [500, 1000], segments: [Segment(function: "f", begin: 500, end: 1000)]),
        ])
        #expect(abs(Timeline(two).truth[0] - 800.0 / 1500) < 1e-12)
        #expect(Timeline(two).states.map(\.weight).max() == 2)
    }

    @Test func bothFormsAreRead() throws {
        let plain = #"{"within": [0, 10], "segments": [["f", 0, 5]]}"#
        let read = try RecordedTimeline(json: plain, of: "w")
        #expect(try RecordedTimeline(json: #"{"threads": [\#(plain)]}"#, of: "w") == read)
        #expect(Timeline(read).truth == [0.5])
    }

    @Test(arguments: [
        "", "[]", #"{"within": [0, 10]}"#, #"{"within": [10, 0], "segments": [["f", 0, 5]]}"#,
        #"{"within": [0, 10], "segments": [["f", 0, 50]]}"#, #"{"within": [0, 10], "segments": [["f", 5, 1]]}"#,
        #"{"within": [0], "segments": [["f", 0, 5]]}"#, #"{"threads": []}"#, #"{"within": [0, 10], "segments": []}"#,
    ])
    func whatCannotBeIsOneLine(json: String) {
        #expect(throws: RunningError.self) { try RecordedTimeline(json: json, of: "w.py") }
    }
}
