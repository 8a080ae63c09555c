import Analysis
import Foundation
import ProfileModel
import Testing

@testable import Reports

@Suite("The data of flame graphs")
struct FlameLayoutTests {
    let layout = FlameLayout(paths: Sieve.paths)

    private static let tree = FlameNode(
        name: "all", share: 1,
        children: [
            FlameNode(name: "light", share: 0.25),
            FlameNode(name: "heavy", share: 0.5, children: [FlameNode(name: "leaf", share: 0.125)]),
        ])

    /// What the page's script reads.
    private func data(_ view: FlameView) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(view.data.utf8)) as? [String: Any])
    }

    @Test func callersComeBeforeWhatTheyCallTheHeaviestFirst() throws {
        let data = try data(layout.view(of: FlameTable(Self.tree)))
        let names = try #require(data["names"] as? [String])
        let of = try #require(data["of"] as? [Int])
        #expect(of.map { names[$0] } == ["heavy", "leaf", "light"] && data["up"] as? [Int] == [0, 0, 2])
        let owner = try #require((data["owners"] as? [[String: Any]])?.first)
        #expect(owner["nodes"] as? [Int] == [0, 1, 1, 1])
        #expect(owner["weights"] as? [Int] == [25_000_000, 37_500_000, 12_500_000, 25_000_000])
        #expect(data["kinds"] as? String == "333" && data["places"] as? [String] == ["C", "C", "C"])
    }

    /// What there is no room for leaves its time with its callers, and all time is still there.
    @Test func whatIsLeftOutIsItsCallersTime() throws {
        var small = layout
        small.room = 75
        let view = try small.view(of: FlameTable(Self.tree))
        let data = try data(view)
        #expect(data["names"] as? [String] == ["heavy", "light"])
        #expect(view.remark == "1 frames of too little time are left out; their time is their callers'.")
        let weights = try #require((data["owners"] as? [[String: Any]])?.first?["weights"] as? [Int])
        #expect(weights == [25_000_000, 50_000_000, 25_000_000])
    }

    @Test func deepAndWideGraphsFitTheirRoom() throws {
        var node = FlameNode(name: "f", share: 0.5)
        for _ in 0..<2000 { node = FlameNode(name: "f", share: 0.5, children: [node]) }
        let wide = (0..<50_000).map { FlameNode(name: "function_number_\($0)", share: 0.000_01) }
        let view = try layout.view(of: FlameTable(FlameNode(name: "all", share: 1, children: wide + [node])))
        #expect((300_000...550_000).contains(view.data.utf8.count) && view.remark != nil)
    }

    @Test func noNumberIsNoTime() throws {
        let root = FlameNode(name: "all", share: 1, children: [FlameNode(name: "f", share: .nan)])
        let data = try data(layout.view(of: FlameTable(root)))
        #expect((data["of"] as? [Int])?.isEmpty == true)
    }

    @Test func noTextEndsTheElement() throws {
        let root = FlameNode(name: "all", share: 1, children: [FlameNode(name: "</pre><script>&amp;", share: 1)])
        let view = try layout.view(of: FlameTable(root))
        #expect(!view.data.contains("<") && !view.data.contains("&") && !view.data.contains(">"))
        #expect(try data(view)["names"] as? [String] == ["</pre><script>&amp;"])
    }

    @Test func aChangedTreeSaysWhatIsSure() throws {
        func node(_ parent: Int, _ frame: Int, _ before: Double, _ after: Double, _ verdict: PlaceChange.Verdict)
            -> ChangedTree.Node
        {
            let change = Interval(mean: after - before, low: after - before - 0.1, high: after - before + 0.1)
            return .init(
                parent: parent, frame: frame, time: TimeChange(before: before, after: after, change: change),
                verdict: verdict)
        }
        let frames = ["main", "f", "g"].map {
            FlameFrame(Function(qualified: $0, file: Sieve.file, line: 1), .own)
        }
        let tree = ChangedTree(
            names: ["old", "new"], unit: .seconds, frames: frames,
            nodes: [
                node(0, -1, 3, 3, .withinChance), node(0, 0, 3, 3, .withinChance), node(1, 1, 1, 1.5, .more),
                node(1, 2, 1.5, 1, .less),
            ])
        let data = try data(layout.view(of: tree))
        #expect(data["verdicts"] as? [Int] == [0, 0, 1, 2])
        let notes = try #require(data["notes"] as? [String])
        #expect(
            notes[2] == "1.00 s → 1.50 s: +500 ms [400, 600], more" && notes[1].hasSuffix("chance may explain it"))
    }
}

@Suite("The axis of shares")
struct ShareAxisTests {
    @Test(arguments: [
        (1.0, "100 %", 5), (0.39, "40 %", 4), (0.5, "60 %", 3), (0.041, "6 %", 3), (0.000_01, "0.01 %", 2),
    ])
    func fitsTheData(most: Double, last: String, steps: Int) {
        let axis = ShareAxis(fitting: [Estimate(share: most / 2, low: 0, high: most), Estimate(share: nil)])
        #expect(axis.ticks.last?.label == last && axis.ticks.count == steps + 1)
        #expect(axis.part(most).map { $0 <= 1 } == true && axis.ticks.first?.label.hasPrefix("0") == true)
    }
}
