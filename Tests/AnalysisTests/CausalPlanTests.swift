import ProfileModel
import Testing

@testable import Analysis

@Suite struct CausalPlanTests {
    /// Functions on top of a stack each, with so many nanoseconds.
    private func profile(_ functions: [(String, file: String?, Int64)], program: [String] = ["p.py"]) -> Profile {
        var profile = Profile(design: "signal", kind: .sampling)
        profile.program = program
        var symbols = SymbolInterning()
        for (number, (qualname, file, nanoseconds)) in functions.enumerated() {
            let name = qualname.split(separator: ".").last.map(String.init) ?? qualname
            let location = symbols.intern(
                Function(name: name, qualname: qualname, file: file, line: file == nil ? 0 : number + 1), line: 1)
            profile.samples.append(
                Sample(
                    stack: profile.stacks.push(location, onto: .empty), thread: 0, tick: number, instant: 0, count: 1,
                    nanoseconds: nanoseconds))
        }
        profile.functions = symbols.functions
        profile.locations = symbols.locations
        return profile
    }

    private func names(_ profile: Profile) -> [String] { CausalPlan.candidates(in: profile).map(\.qualname) }

    @Test func theHottestThatHaveAPlaceForAStatementAreTaken() {
        let seen = profile([
            ("warm", "/home/ada/p.py", 20), ("hot", "/home/ada/p.py", 90), ("<module>", "/home/ada/p.py", 300),
            ("f.<locals>.<lambda>", "/home/ada/p.py", 80),
            ("len", nil, 70), ("A.cold", "/home/ada/p.py", 5), ("made", "<string>", 60),
            ("_find", "<frozen importlib._bootstrap>", 50),
        ])
        #expect(names(seen) == ["hot", "warm", "A.cold"])
    }

    @Test(arguments: [
        ("/usr/lib/python3.11/json/encoder.py", true), ("/home/user/.pyenv/versions/3.12.1/lib/python3.12/re.py", true),
        ("/usr/lib64/python3.13/ast.py", true),
        ("/usr/lib/python3/dist-packages/numpy/core.py", false), ("/venv/lib/python3.11/site-packages/x/y.py", false),
        ("/home/ada/python3.11/p.py", false),
    ])
    func theStandardLibraryIsTakenWhereThereIsNothingElse(file: String, isStandard: Bool) {
        #expect(
            names(profile([("library", file, 90), ("own", "/home/ada/p.py", 10)]))
                == (isStandard ? ["own"] : ["library", "own"]))
        #expect(names(profile([("library", file, 90)])) == ["library"])
    }

    @Test func aProgramMayHaveAnyNameOrNoFile() {
        #expect(names(profile([("f", "/home/ada/tool", 1), ("g", "/home/ada/other", 1)], program: ["./tool"])).isEmpty)
        #expect(
            names(profile([("f", "/home/ada/./tool", 1), ("g", "/home/ada/other", 1)], program: ["./tool"])) == ["f"])
        #expect(names(profile([("f", "<string>", 1)], program: ["-c"])) == ["f"])
    }

    @Test func aFunctionMayBeNamedInBothWays() throws {
        let seen = profile([("A.f", "p.py", 1), ("B.f", "p.py", 2), ("len", nil, 3), ("<lambda>", "p.py", 1)])
        #expect(try CausalPlan.function(named: "A.f", in: seen).qualname == "A.f")
        #expect(try CausalPlan.function(named: "f", in: seen).qualname == "B.f")
        for (name, word) in [("g", "no function"), ("len", "no source"), ("<lambda>", "no source")] {
            let error = #expect(throws: AnalysisError.self) { try CausalPlan.function(named: name, in: seen) }
            #expect(error?.description.contains(word) == true && error?.description.contains("--slow") == true)
        }
    }

    @Test func workAddsThePartsOfTheProgramsTime() {
        let work = CausalPlan.work(calls: 1000, seconds: 2, perElement: 1e-8)
        #expect(work == [20_000, 40_000, 80_000])
        for (elements, level) in zip(work, CausalPlan.levels) {
            #expect(abs(Double(elements) * 1000 * 1e-8 - level * 2) < 1e-9)
        }
    }

    /// A function that is called so often that one element is more than was asked for still has three levels.
    @Test func levelsStayApart() {
        #expect(CausalPlan.work(calls: 1_000_000_000, seconds: 1, perElement: 1e-8) == [1, 2, 4])
        #expect(
            CausalPlan.work(calls: 1, seconds: 1e9, perElement: 0) == [1_000_000_000, 1_000_000_000, 1_000_000_000])
    }
}
