import Analysis
import ProfileModel
import Testing

@Suite("The call tree with library code in the own line that called it")
struct FoldedTreeTests {
    @Test func whatALineCallsIsBeneathTheLine() throws {
        var calls = PlantedCalls()
        calls.add(50, "own main:3", "pandas apply:40", "numpy dot:7")
        calls.add(20, "own main:3", "pandas apply:40", "own row:9")
        calls.add(20, "own main:4")
        calls.add(10, "own main:5", "json dumps:2", "C encode")
        let tree = try calls.tree()
        #expect(
            tree.outline == [
                "0 function main 1.0", "1 call apply 3 0.7", "2 function row 0.2", "1 call dumps 5 0.1",
            ])
        #expect(tree.rows[1].package == "pandas" && tree.rows[1].file == PlantedCalls.files["own"])
        #expect(tree.lines.map(\.line) == [3, 4, 9, 5])
        #expect(isClose(tree.lines[0].time.share, 0.5))
        #expect(isClose(tree.part(.own), 0.4) && isClose(tree.part(.libraries), 0.5))
        #expect(isClose(tree.part(.library, "pandas"), 0.5) && isClose(tree.part(.standardLibrary), 0.1))
    }

    /// The engine and its intervals are those of functions: a function that is one node has the same figures.
    @Test func aRowHasTheIntervalOfItsFunction() throws {
        var calls = PlantedCalls()
        for _ in 0..<40 {
            calls.add(3, "own main:3", "pandas apply:40")
            calls.add(2, "own main:4", "own work:8")
        }
        let findings = try calls.findings()
        let row = try #require(findings.tree?.rows.first { $0.name == "work" })
        #expect(try row.total == findings.function("work").total)
        #expect(row.total.low != nil)
        let call = try #require(findings.tree?.rows.first { $0.name == "apply" })
        #expect(try call.total == findings.function("apply").total)
    }

    /// A tracer knows what a function calls, and not on which of its lines.
    @Test func whereLinesAreNotKnownNoneIsNamed() throws {
        var calls = PlantedCalls(.tracing)
        calls.add(60, "own main", "C sorted", "own key", "C len")
        calls.add(40, "own main", "pandas apply")
        let tree = try calls.tree()
        #expect(
            tree.outline == [
                "0 function main 1.0", "1 call sorted 0.6", "2 function key 0.6", "3 call len 0.6", "1 call apply 0.4",
            ])
        #expect(tree.rows.filter { $0.kind == .call }.allSatisfy { $0.line == 0 } && tree.lines.isEmpty)
    }

    /// A tracer sees the `exec` by which a module is run.
    @Test func whatCBeginsIsNotItsOwn() throws {
        var calls = PlantedCalls(.tracing)
        calls.add(90, "C exec", "json dumps", "C encode")
        calls.add(6, "C exec")
        calls.add(4)
        let tree = try calls.tree()
        #expect(tree.rows.map(\.package) == ["json", nil] && tree.rows.allSatisfy { $0.kind == .elsewhere })
        #expect(isClose(tree.part(.standardLibrary), 0.96) && tree.part(.own) == 0)
    }

    @Test func importsAreOneRow() throws {
        var calls = PlantedCalls()
        calls.add(30, "own <module>:1", "import _load:5", "pandas <module>:3", "import _load:5", "numpy <module>:1")
        calls.add(20, "own <module>:2", "import _load:5", "other <module>:8", "import _load:5", "json <module>:1")
        calls.add(10, "own <module>:2", "import _load:5", "other <module>:9")
        calls.add(10, "own <module>:2", "import _load:5", "other <module>:9", "other build:20")
        calls.add(30, "own <module>:4")
        let tree = try calls.tree()
        #expect(
            tree.outline == ["0 function <module> 1.0", "1 imports imports 0.7", "2 function build 0.1"])
        #expect(isClose(tree.part(.imports), 0.6) && isClose(tree.part(.own), 0.4))
    }

    @Test func waitingIsApart() throws {
        var calls = PlantedCalls()
        calls.add(30, "own main:3", isWaiting: true)
        calls.add(20, "own main:4", "json read:4", isWaiting: true)
        calls.add(50, "own main:5")
        let tree = try calls.tree()
        #expect(
            tree.outline == [
                "0 function main 1.0", "1 waiting waiting 3 0.3", "1 call read 4 0.2", "2 waiting waiting 0.2",
            ])
        #expect(isClose(tree.part(.waiting), 0.5) && isClose(tree.part(.own), 0.5))
    }

    @Test func comprehensionsAreAPartOfTheFunctionAroundThem() throws {
        var calls = PlantedCalls()
        calls.add(60, "own main:3", "own <listcomp>:4", "pandas apply:1")
        calls.add(40, "own main:3", "own <listcomp>:4", "own work:8")
        let tree = try calls.tree()
        #expect(tree.outline == ["0 function main 1.0", "1 call apply 4 0.6", "1 function work 0.4"])
    }

    @Test func recursionMakesNoDeeperTree() throws {
        var calls = PlantedCalls()
        calls.add(40, "own visit:2", "own node:5", "own visit:2", "own node:5", "own visit:3")
        calls.add(60, "own visit:2", "own node:5", "own visit:3", "pandas apply:1", "own visit:3", "pandas apply:1")
        let tree = try calls.tree()
        #expect(tree.outline == ["0 function visit 1.0", "1 function node 1.0", "2 call apply 3 0.6"])
        #expect(isClose(tree.part(.own), 0.4))
    }

    @Test func withinShowsOnlyWhatIsBeneath() throws {
        var calls = PlantedCalls()
        calls.add(50, "own main:3", "own work:8")
        calls.add(30, "own main:3", "own work:9", "pandas apply:1")
        calls.add(20, "own main:4")
        #expect(try calls.tree(within: "work").outline == ["0 function work 1.0", "1 call apply 9 0.38"])
        #expect(try calls.tree(within: "apply").outline == ["0 function apply 1.0"])
        #expect(try isClose(calls.tree(within: "work").rows[0].total.seconds, 0.08))
    }

    @Test func whatNoOwnLineCalledHasARowOfItsOwn() throws {
        var calls = PlantedCalls()
        calls.add(70, "runpy run:1", "pandas main:3", "own test:7")
        calls.add(20, "runpy run:1", "pandas main:3", "pandas collect:4")
        calls.add(10, "threading bootstrap:1", "threading run:2", isWaiting: true)
        let tree = try calls.tree()
        #expect(
            tree.outline == [
                "0 function test 0.7", "0 elsewhere no own code 0.2", "0 elsewhere no own code 0.1",
                "1 waiting waiting 0.1",
            ])
        #expect(tree.rows[1].package == "pandas" && tree.standIn == nil)
    }

    @Test func aPackageStandsInWhereNothingOwnRan() throws {
        var calls = PlantedCalls()
        calls.add(70, "launcher <module>:8", "pandas main:3", "numpy dot:7")
        calls.add(30, "launcher <module>:8", "pandas main:4")
        let tree = try calls.tree()
        #expect(tree.standIn == "pandas")
        #expect(tree.outline == ["0 function main 1.0", "1 call dot 3 0.7"])
    }

    /// Foreign profiles and blocks do not say where the program lies.
    @Test func theOutermostFileThatNobodyInstalledIsTheProgram() throws {
        var calls = PlantedCalls(own: [])
        calls.add(60, "runpy run:1", "own main:3", "pandas apply:1")
        calls.add(40, "runpy run:1", "own main:3", "other help:1")
        let tree = try calls.tree()
        #expect(tree.own == ["/home/ada/app"])
        #expect(tree.outline == ["0 function main 1.0", "1 call apply 3 0.6", "1 function help 0.4"])
    }

    @Test func aPathThatIsNamedIsOwnWhereverItLies() throws {
        let package = "/home/ada/app/.venv/lib/python3.11/site-packages/pandas"
        var calls = PlantedCalls(own: ["/home/ada/app", package])
        calls.add(10, "own main:3", "pandas apply:40", "numpy dot:7")
        #expect(
            try calls.tree().outline == ["0 function main 1.0", "1 function apply 1.0", "2 call dot 40 1.0"])
    }

    @Test func tracersHaveATreeWithoutIntervals() throws {
        var calls = PlantedCalls(.tracing)
        calls.add(3, "own main")
        calls.add(7, "own main", "C update")
        let tree = try calls.tree()
        #expect(tree.outline == ["0 function main 1.0", "1 call update 0.7"])
        #expect(tree.rows[1].package == nil && tree.rows[1].total.low == nil)
        #expect(isClose(tree.part(.own), 1))
    }

    /// Whatever the stacks, no row has more than the one above it, and whose code ran adds up to all.
    @Test(arguments: 0..<20)
    func sharesAddUp(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let frames = [
            "own main:3", "own work:8", "own work:9", "other help:2", "own <module>:1", "pandas apply:1", "numpy dot:1",
            "json dumps:1", "import _load:5", "runpy run:1", "threading run:2", "C len",
        ]
        var calls = PlantedCalls()
        for _ in 0..<40 {
            let stack = (0..<(1 + next(7))).map { _ in frames[next(frames.count)] }
            calls.add(1 + next(5), stack, isWaiting: next(4) == 0)
        }
        let tree = try calls.tree()
        var above: [Double] = []
        for row in tree.rows {
            above.removeLast(max(0, above.count - row.depth))
            #expect(row.depth == above.count)
            #expect(row.total.share ?? 2 <= (above.last ?? 1) + 1e-9)
            above.append(row.total.share ?? 0)
        }
        let parts = tree.parts.filter { $0.kind != .library }.reduce(0) { $0 + ($1.time.share ?? 0) }
        #expect(abs(parts - 1) < 1e-9)
        let roots = tree.rows.filter { $0.depth == 0 }.reduce(0) { $0 + ($1.total.share ?? 0) }
        #expect(abs(roots - 1) < 1e-9)
    }
}

@Suite("Whose code a file is")
struct CodeOriginTests {
    @Test(arguments: [
        ("/v/lib/python3.11/site-packages/pandas/core/frame.py", CodeOrigin.library("pandas")),
        ("/usr/lib/python3/dist-packages/six.py", .library("six")),
        ("/usr/lib/python3.11/socket.py", .standardLibrary("socket")),
        ("/opt/python/lib/python3.13t/json/decoder.py", .standardLibrary("json")),
        ("<frozen importlib._bootstrap>", .standardLibrary("importlib")), ("<frozen runpy>", .standardLibrary("runpy")),
        ("<template>", .library("generated code")), ("/opt/tools/help.py", .library("tools")),
    ])
    func followsFromWhereItLies(file: String, origin: CodeOrigin) {
        #expect(CodeOrigin(notOwn: file) == origin)
    }

    @Test func codeInCHasNoFile() {
        #expect(CodeOrigin(notOwn: nil) == .c)
    }
}
