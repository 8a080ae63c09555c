import Capture
import Testing

/// Drives a call tree by scripted events and tells it as text.
private struct Script {
    var tree = CallTree(now: 0)
    var names: [UInt: String] = [:]
    private var parents: [UInt32: UInt32] = [:]
    private var keys: [UInt32: UInt] = [:]

    mutating func call(_ name: String, at now: UInt64) {
        let key = key(of: name)
        guard !tree.enterKnown(key, now: now) else { return }
        var new: (id: UInt32, parent: UInt32, key: UInt)?
        tree.enter(key, now: now) { node, parent in new = (node.pointee.id, parent.pointee.id, node.pointee.key) }
        note(new)
    }

    mutating func resume(_ name: String) {
        var new: (id: UInt32, parent: UInt32, key: UInt)?
        tree.resume(key(of: name)) { node, parent in new = (node.pointee.id, parent.pointee.id, node.pointee.key) }
        note(new)
    }

    private mutating func note(_ new: (id: UInt32, parent: UInt32, key: UInt)?) {
        guard let new else { return }
        parents[new.id] = new.parent
        keys[new.id] = new.key
    }

    private mutating func key(of name: String) -> UInt {
        let key = UInt(bitPattern: name.hashValue) | 1
        names[key] = name
        return key
    }

    /// `path calls self`, one line a node.
    func told(now: UInt64?) -> [String] {
        tree.counts(now: now).dropFirst().map { "\(path(of: $0.node)) \($0.calls) \($0.selfTicks)" }.sorted()
    }

    private func path(of node: UInt32) -> String {
        let own = keys[node].flatMap { names[$0] } ?? "?"
        let parent = parents[node] ?? 0
        return parent == 0 ? own : path(of: parent) + "/" + own
    }
}

@Suite struct CallTreeTests {
    @Test func timeGoesToTheFunctionOnTop() {
        var script = Script()
        script.call("main", at: 10)
        script.call("leaf", at: 15)
        script.tree.leave(now: 40)
        script.call("leaf", at: 50)
        script.tree.leave(now: 51)
        script.tree.leave(now: 60)
        #expect(script.told(now: 60) == ["main 1 24", "main/leaf 2 26"])
        #expect(script.tree.counts(now: 60)[0].selfTicks == 10)
    }

    @Test func recursionIsAPathOfItsOwnAtEveryDepth() {
        var script = Script()
        for depth in 0..<3 { script.call("f", at: UInt64(depth)) }
        for depth in 3..<6 { script.tree.leave(now: UInt64(depth)) }
        #expect(script.told(now: 6) == ["f 1 2", "f/f 1 2", "f/f/f 1 1"])
    }

    @Test func callsThatWereOpenBeforeHaveTimeButNoCall() {
        var script = Script()
        script.resume("main")
        script.resume("open")
        script.call("leaf", at: 5)
        script.tree.leave(now: 7)
        script.tree.leave(now: 10)
        script.tree.leave(now: 11)
        #expect(script.told(now: 11) == ["main 0 1", "main/open 0 8", "main/open/leaf 1 2"])
    }

    /// By the order in which they were called the last time.
    @Test func siblingsThatComeInTurnAreKnownWithoutASearch() throws {
        var script = Script()
        func turn(_ name: String, at now: UInt64) {
            script.call(name, at: now)
            script.tree.leave(now: now + 1)
        }
        for now in stride(from: UInt64(0), to: 40, by: 20) {
            for (place, name) in ["a", "b"].enumerated() { turn(name, at: now + UInt64(place) * 10) }
        }
        let keys = try ["a", "b"].map { name in try #require(script.names.first { $0.value == name }?.key) }
        for (place, key) in keys.enumerated() {
            let isKnown = script.tree.enterKnown(key, now: 50 + UInt64(place))
            #expect(isKnown)
            script.tree.leave(now: 51 + UInt64(place))
        }
        #expect(script.tree.counts(now: 52).dropFirst().map(\.calls) == [3, 3])
    }

    @Test func aFunctionAtTheAddressOfOneThatIsGoneIsAnother() throws {
        var script = Script()
        script.call("gone", at: 0)
        script.tree.leave(now: 5)
        let address = try #require(script.names.first { $0.value == "gone" }?.key)
        script.tree.retire([address])
        var new: UInt32?
        let isKnown = script.tree.enterKnown(address, now: 5)
        #expect(!isKnown)
        script.tree.enter(address, now: 5) { node, _ in new = node.pointee.id }
        script.tree.leave(now: 7)
        #expect(new == 2)
        #expect(
            script.tree.counts(now: 7).dropFirst() == [
                CallCount(node: 1, calls: 1, selfTicks: 5), CallCount(node: 2, calls: 1, selfTicks: 2),
            ])
    }

    @Test func aReturnFromACallNeverSeenChangesNothing() {
        var script = Script()
        script.tree.leave(now: 5)
        script.call("f", at: 6)
        #expect(script.told(now: 8) == ["f 1 2"])
    }

    @Test func theRunningFunctionIsChargedUntilNow() {
        var script = Script()
        script.call("f", at: 0)
        #expect(script.told(now: 100) == ["f 1 100"])
        #expect(script.told(now: nil) == ["f 1 0"])
    }

    @Test func whereNoReadingIsKnownTheFirstEventBegins() {
        var script = Script()
        script.tree = CallTree(now: nil)
        #expect(script.tree.counts(now: 70)[0].selfTicks == 0)
        script.call("f", at: 70)
        #expect(script.told(now: 100) == ["f 1 30"])
        #expect(script.tree.counts(now: 100)[0].selfTicks == 0)
    }

    @Test func timeNeverRunsBackwards() {
        var script = Script()
        script.call("f", at: 100)
        script.tree.charge(until: 90)
        script.tree.charge(until: 110)
        #expect(script.told(now: 110) == ["f 1 10"])
    }

    @Test func manySiblingsAndDeepPathsAreKeptApart() {
        var script = Script()
        for round in 0..<2 {
            for sibling in 0..<2000 {
                script.call("f\(sibling)", at: UInt64(round * 4000 + sibling * 2))
                script.tree.leave(now: UInt64(round * 4000 + sibling * 2 + 1))
            }
        }
        #expect(script.tree.count == 2001)
        #expect(script.tree.counts(now: nil).dropFirst().allSatisfy { $0.calls == 2 && $0.selfTicks == 2 })
    }
}
