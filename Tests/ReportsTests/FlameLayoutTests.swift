import Analysis
import Testing

@testable import Reports

@Suite("The layout of flame graphs")
struct FlameLayoutTests {
    let layout = FlameLayout(paths: Sieve.paths)

    @Test func childrenStandSideBySideBeneathTheirParent() {
        let root = FlameNode(
            name: "all", share: 1,
            children: [
                FlameNode(name: "light", share: 0.25),
                FlameNode(
                    name: "heavy", share: 0.5,
                    children: [
                        FlameNode(name: "leaf", share: 0.125)
                    ]),
            ])
        let frames = layout.view(of: root, design: "signal").frames
        #expect(frames.map(\.name) == ["all", "heavy", "leaf", "light"])
        #expect(frames.map(\.left) == ["0.000", "0.000", "0.000", "50.000"])
        #expect(frames.map(\.width) == ["100.000", "50.000", "12.500", "25.000"])
        #expect(frames.map(\.top) == [0, 21, 42, 21])
    }

    @Test func aDeepStackIsCutAndSaysSo() {
        var node = FlameNode(name: "f", share: 1)
        for _ in 0..<2000 { node = FlameNode(name: "f", share: 1, children: [node]) }
        let view = layout.view(of: node, design: "signal")
        #expect(view.frames.count == 150)
        #expect(view.remark != nil)
    }

    @Test func whatCannotBeSeenIsLeftOut() {
        let many = (0..<5000).map { FlameNode(name: "f\($0)", share: 0.0002) }
        let view = layout.view(of: FlameNode(name: "all", share: 1, children: many), design: "signal")
        #expect(view.frames.count == 1)
        #expect(view.remark == "5,000 frames too narrow or too deep are left out.")
    }

    @Test func noNumberIsNoFrame() {
        let root = FlameNode(name: "all", share: 1, children: [FlameNode(name: "f", share: .nan)])
        #expect(layout.view(of: root, design: "signal").frames.count == 1)
    }
}
