import Measuring
import Running
import Testing

@testable import Experiments

@Suite struct SpecTests {
    private let whole = """
        title = "t"
        runs = 4
        workloads = ["sieve", "recursion"]
        designs = ["signal", "setprofile"]
        rates = [100, 1000]

        [sizes]
        sieve = [1000, "20 30"]

        [quick]
        runs = 2
        workloads = ["sieve"]
        """

    private func line(_ text: String, quick: Bool = false) -> String {
        do throws(RunningError) {
            _ = try Spec(text, path: "spec.toml", quick: quick)
            return "taken"
        } catch { return error.line }
    }

    @Test func aSpecIsReadWhole() throws {
        let spec = try Spec(whole, path: "spec.toml", quick: false)
        #expect(spec.runs == 4 && spec.workloads == ["sieve", "recursion"] && spec.rates == [100, 1000])
        #expect(spec.sizes == ["sieve": [["1000"], ["20", "30"]]])
        #expect(spec.arms.map(\.name) == ["control", "second control", "signal 100 Hz", "signal", "setprofile"])
    }

    @Test func peersAreArmsOfTheirOwn() throws {
        let text =
            "title = \"t\"\nruns = 4\nworkloads = [\"sieve\"]\npeers = [\"cProfile\", \"py-spy\"]\nrates = [100, 1000]"
        let spec = try Spec(text, path: "spec.toml", quick: false)
        #expect(spec.arms.map(\.name) == ["control", "second control", "cProfile", "py-spy 100 Hz", "py-spy"])
        #expect(line(text.replacing("py-spy", with: "yappi")).contains("'rates' is of samplers"))
        #expect(line(text.replacing("py-spy", with: "perf")).contains("'peers' has no 'perf'"))
    }

    @Test func quickTakesThePlaceOfTheRest() throws {
        let spec = try Spec(whole, path: "spec.toml", quick: true)
        #expect(spec.runs == 2 && spec.workloads == ["sieve"] && spec.rates == [100, 1000])
    }

    @Test(arguments: [
        ("runs = 4", "runs = 4\nrnus = 5", "line 3: there is no key 'rnus'"),
        ("runs = 4", "runs = 0", "line 2: 'runs' wants a whole number above 0"),
        ("runs = 4", "runs = 4 4", "line 2:"),
        ("runs = 4\n", "", "line 1: 'runs' is missing"),
        ("\"signal\", ", "\"signals\", ", "line 4: 'designs' has no 'signals'"),
        ("\"signal\", ", "", "line 5: 'rates' is of samplers"),
        ("[100, 1000]", "[100, 100]", "line 5: 'rates' says a thing twice"),
        ("[100, 1000]", "[]", "line 5: 'rates' wants a list"),
        ("[100, 1000]", "[1e9]", "line 5: a rate of"),
        ("sieve = [1000", "seive = [1000", "line 8: there are sizes of 'seive'"),
        ("runs = 2", "runs = 5", "line 11: the quick form has more runs"),
        ("[\"sieve\"]", "[\"other\"]", "line 12: 'other' is none of the workloads"),
        ("[quick]", "[environment]\nPYTHONPATH = \"x\"\n[quick]", "line 11: 'PYTHONPATH' is set by swprof"),
        ("rates", "within = \"f\"\nrates", "line 5: 'within' is of shares, and none are kept"),
        ("rates", "shares = \"lines\"\nwithin = 3\nrates", "line 6: 'within' wants a text"),
        ("rates", "trace = [\"f\"]\nrates", "line 5: 'trace' is of the design lines"),
        ("[quick]", "[limits]\nminutes = 3\n[quick]", "line 11: there is no key 'minutes' here"),
    ])
    func whatIsWrongIsRefusedWithItsLine(_ old: String, _ new: String, _ words: String) {
        let text = whole.replacing(old, with: new, maxReplacements: 1)
        #expect(text != whole)
        #expect(line(text).contains(words), "\(line(text))")
    }
}
