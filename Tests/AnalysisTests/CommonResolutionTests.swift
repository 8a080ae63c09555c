import ProfileModel
import Testing

import Analysis

@Suite struct CommonResolutionTests {
    @Test func foldsCFunctionsIntoTheirCaller() {
        let profile = Planted.profile(
            "t", .tracing,
            [("main:3", 10, 1), ("main:3 f:7", 20, 1), ("main:3 f:7 map len", 30, 1), ("main:3 f:8 len", 5, 1)])
        let common = CommonResolution(profile)
        #expect(common.functions == [.planted("main"): 10, .planted("f"): 55])
        #expect(common.lines[SourceLine(file: "p.py", line: 7)] == 50)
        #expect(common.whole == 65)
    }

    /// C calls a Python callback: its time is the callback's, not that of who called C.
    @Test func callbacksAreTheirOwn() {
        let common = CommonResolution(
            Planted.profile("t", .tracing, [("main:3 sort key:9", 40, 1), ("main:3 sort", 2, 1)]))
        #expect(common.functions == [.planted("key"): 40, .planted("main"): 2])
    }

    @Test func timeOfNoPythonFunctionStaysInTheWhole() {
        let common = CommonResolution(Planted.profile("t", .tracing, [("exec", 25, 1), ("main:3", 75, 1)]))
        #expect(common.functions == [.planted("main"): 75])
        #expect(common.whole == 100)
    }

    /// A sampler saw 3 of 4 ticks here; its thread lived for 1,000 ns, whatever was lost.
    @Test func samplersWeighByTheirThreadTime() {
        var planted = Planted("s", .sampling)
        planted.add("main:3", 300)
        planted.add("main:4", 100)
        let common = CommonResolution(planted.living(1000))
        #expect(common.functions == [.planted("main"): 1000])
        #expect(common.lines[SourceLine(file: "p.py", line: 3)] == 750)
    }

    /// A tracer's time is what it measured; what it did not see, before it started, is nobody's.
    @Test func tracersKeepWhatTheyMeasured() {
        var planted = Planted("t", .tracing)
        planted.add("main:0", 300)
        let common = CommonResolution(planted.living(1000))
        #expect(common.functions == [.planted("main"): 300])
        #expect(common.whole == 1000)
        #expect(common.lines.isEmpty)
    }

    @Test func functionsOfOneNameAreApartByFirstLine() {
        var planted = Planted("t", .tracing, firstLines: ["f": 4])
        planted.add("f:5", 1)
        let other = Planted.profile("t", .tracing, firstLines: ["f": 9], [("f:10", 1, 1)])
        #expect(CommonResolution(planted.living(1)).functions.keys != CommonResolution(other).functions.keys)
    }

    @Test func nothingIsNothing() {
        let common = CommonResolution(Profile(design: "s", kind: .sampling))
        #expect(common.functions.isEmpty && common.lines.isEmpty && common.whole == 0)
    }
}
