import ProfileModel
import Testing

@Suite struct StackTableTests {
    private let a = LocationID(0), b = LocationID(1), c = LocationID(2)

    @Test func theEmptyStackIsItsOwnParentAndHasNoLeaf() {
        let table = StackTable()
        #expect(table.count == 1)
        #expect(table.leaf(of: .empty) == nil)
        #expect(table.parent(of: .empty) == .empty)
        #expect(table.frames(of: .empty).isEmpty)
    }

    @Test func equalStacksAreOneNode() {
        var table = StackTable()
        let first = table.intern(rootFirst: [a, b, c])
        #expect(table.intern(rootFirst: [a, b, c]) == first)
        #expect(table.count == 4)
        #expect(table.frames(of: first) == [c, b, a])
    }

    @Test func recursionIsANodeADepth() {
        var table = StackTable()
        let deep = table.intern(rootFirst: Array(repeating: a, count: 100))
        #expect(table.count == 101)
        #expect(table.frames(of: deep).count == 100)
    }

    @Test func parentsComeBeforeTheirChildren() {
        var table = StackTable()
        for frames in [[a, b], [a, c], [b, a, c], [c]] { _ = table.intern(rootFirst: frames) }
        #expect((1..<table.count).allSatisfy { table.parent(of: StackID($0)).index < $0 })
    }
}

@Suite struct SymbolInterningTests {
    @Test func equalFunctionsAndLocationsHaveOneHandle() {
        var symbols = SymbolInterning()
        let f = Function(name: "f", qualname: "C.f", file: "a.py", line: 1)
        #expect(symbols.intern(f, line: 3) == symbols.intern(f, line: 3))
        #expect(symbols.intern(f, line: 3) != symbols.intern(f, line: 4))
        #expect(symbols.functions == [f])
        #expect(symbols.locations.count == 2)
    }
}
