import Capture
import Testing

/// Drives a tree with lines by scripted events; functions are numbers, lines are counted under them.
private struct Script {
    var tree = CallTree(now: 0)
    private(set) var slowWays = 0

    mutating func call(_ function: UInt, resumable: Bool = false, at now: UInt64) {
        let key = function << 4
        if !tree.enterKnown(key, now: now) {
            tree.enter(key, now: now) { node, _ in node.pointee.isResumable = resumable }
        }
        tree.goOnWhereLeft()
    }

    /// - Parameter hint: what tells that the line is the one that followed; its own number unless told.
    mutating func line(_ line: Int, hint: UInt? = nil, at now: UInt64) {
        let hint = hint ?? UInt(line)
        if tree.goOnKnown(hint, now: now) { return }
        slowWays += 1
        tree.goOn(toLine: line, hint: hint, now: now) { _, _ in }
    }

    mutating func end(at now: UInt64) { tree.leaveFunction(now: now) }

    /// Hits and time of each line, and of functions as line 0, by the order in which they were met.
    func told() -> [String] { tree.counts(now: nil).dropFirst().map { "\($0.node): \($0.calls) \($0.selfTicks)" } }
}

@Suite struct CallTreeLinesTests {
    @Test func timeGoesToTheLineAndNotToItsFunction() {
        var script = Script()
        script.call(1, at: 0)
        script.line(10, at: 1)
        script.line(11, at: 4)
        script.end(at: 10)
        #expect(script.told() == ["1: 1 1", "2: 1 3", "3: 1 6"])
    }

    @Test func whatALineCallsIsBeneathIt() {
        var script = Script()
        script.call(1, at: 0)
        script.line(10, at: 0)
        script.call(2, at: 2)
        script.line(20, at: 2)
        script.end(at: 7)
        #expect(script.tree.current.pointee.line == 10)
        #expect(script.tree.function.pointee.key == 1 << 4)
        script.end(at: 8)
        #expect(script.told() == ["1: 1 0", "2: 1 3", "3: 1 0", "4: 1 5"])
    }

    @Test func aLoopIsFoundByWhatFollowedTheLastTime() {
        var script = Script()
        script.call(1, at: 0)
        for round in 0..<100 {
            script.line(10, at: UInt64(2 * round))
            script.line(11, at: UInt64(2 * round + 1))
        }
        script.end(at: 200)
        #expect(script.told() == ["1: 1 0", "2: 100 100", "3: 100 100"])
        // The first two, and the first time round.
        #expect(script.slowWays == 3)
    }

    @Test func anotherHintIsAnotherWayToTheSameLine() {
        var script = Script()
        script.call(1, at: 0)
        script.line(10, hint: 100, at: 0)
        script.line(11, hint: 110, at: 1)
        script.line(10, hint: 105, at: 2)
        script.line(12, hint: 120, at: 3)
        script.end(at: 4)
        #expect(script.told() == ["1: 1 0", "2: 2 2", "3: 1 1", "4: 1 1"])
    }

    @Test func aGeneratorGoesOnAtTheLineThatItLeft() {
        var script = Script()
        script.call(1, at: 0)
        script.line(1, at: 0)
        script.call(2, resumable: true, at: 0)
        script.line(20, at: 0)
        script.end(at: 1)
        script.call(2, at: 5)
        script.end(at: 8)
        #expect(script.told() == ["1: 1 0", "2: 1 4", "3: 2 0", "4: 1 4"])
    }

    @Test func linesOpenBeforeHaveTimeButNoHit() {
        var script = Script()
        script.tree.resume(16) { _, _ in }
        script.tree.resume(line: 5) { _, _ in }
        script.line(6, at: 3)
        script.end(at: 4)
        #expect(script.told() == ["1: 0 0", "2: 0 3", "3: 1 1"])
    }

    @Test func aRecursiveLineIsAPathOfItsOwnAtEveryDepth() {
        var script = Script()
        for depth in 0..<3 {
            script.call(1, at: UInt64(depth))
            script.line(10, at: UInt64(depth))
        }
        for depth in 3..<6 { script.end(at: UInt64(depth)) }
        #expect(script.told() == ["1: 1 0", "2: 1 2", "3: 1 0", "4: 1 2", "5: 1 0", "6: 1 1"])
    }
}
