import ProfileModel
import Testing

@testable import ProfileFormats

/// The stack, root first, of functions that call one another in this order; the last on top.
private func stack(_ functions: [Function], _ facts: [String: String]) -> [String] {
    let block = BlockStacks(facts)
    var table = StackTable()
    var names: [String] = []
    var place = BlockStacks.Place()
    for function in functions {
        place = block.place(of: function, from: place) { base in
            names.append(function.name)
            return table.push(LocationID(names.count - 1), onto: base)
        }
    }
    return table.frames(of: place.stack).reversed().map { names[$0.index] }
}

private func function(_ name: String, file: String? = "a.py", line: Int = 1) -> Function {
    Function(name: name, qualname: name, file: file, line: line)
}

@Suite struct BlockStacksTests {
    private let module = function("<module>")
    private let main = function("main", line: 9)
    private let work = function("work", line: 3)
    private let own = function("call", file: "/site/swprof/decorated.py")
    private let facts = ["beneath": "1:<module>:a.py\u{1f}9:main:a.py", "package": "/site/swprof"]

    @Test func withoutTheFactsOfABlockNothingChanges() {
        #expect(stack([module, main, work], [:]) == ["<module>", "main", "work"])
    }

    @Test func whatIsBeneathTheBlockGoes() {
        #expect(stack([module, main, work, work], facts) == ["work", "work"])
    }

    @Test func whatIsBeneathKeepsItsOwnTime() {
        #expect(stack([module], facts) == ["<module>"])
        #expect(stack([module, main], facts) == ["main"])
    }

    @Test func enteringAndLeavingTheBlockIsNobodysTime() {
        #expect(stack([module, main, own], facts).isEmpty)
        #expect(stack([module, main, own, work, own], facts) == ["work"])
    }

    @Test func whatOnlyLooksAlikeStays() {
        #expect(stack([main, work], facts) == ["main", "work"])
        #expect(stack([module, work, main], facts) == ["work", "main"])
        #expect(stack([module, function("main", line: 8), work], facts) == ["main", "work"])
        #expect(stack([module, main, main], facts) == ["main"])
    }

    @Test func thePackagesOwnFramesGoWhereverTheyAre() {
        #expect(stack([module, own, main, own, work, own], facts) == ["work"])
        #expect(stack([work, own, function("stop", file: nil)], facts) == ["work", "stop"])
        let ofExtension = Function(name: "stop", qualname: "_swprof.stop", file: nil, line: 0)
        #expect(stack([work, own, ofExtension], facts) == ["work"])
        #expect(stack([function("f", file: "/site/swprof_of_others/a.py")], facts) == ["f"])
        #expect(stack([own, ofExtension], [:]) == ["call", "stop"])
    }
}

@Suite struct BlockThreadsTests {
    @Test func allThreadsCountWhereNobodySaysOtherwise() {
        #expect(BlockThreads([:]).contains(7) && BlockThreads([:]).contains(0) && BlockThreads([:]).contains(nil))
    }

    @Test func threadsThatWereThereBeforeDoNot() {
        let block = BlockThreads(["others": "7\u{1f}8\u{1f}no number"])
        #expect(block.contains(9) && !block.contains(7) && !block.contains(8))
        #expect(!block.contains(0) && !block.contains(nil))
    }

    @Test func whereThereAreNoneAllKnownOnesDo() {
        #expect(BlockThreads(["others": "0"]).contains(7))
    }
}
