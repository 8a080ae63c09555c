import Foundation
import Measuring
import Running
import Testing

@testable import Experiments

@Suite("The judge's battery")
struct BatteryTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "swprof-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try "".write(to: folder.appending(path: "p.py"), atomically: true, encoding: .utf8)
    }

    private func battery(_ programs: String, quick: Bool = false) throws(RunningError) -> Battery {
        let path = folder.appending(path: "spec.toml")
        try? "title = \"t\"\nrounds = 6\nquick = 2\n\n\(programs)".write(to: path, atomically: true, encoding: .utf8)
        return try Battery(SpecFile(path.path(percentEncoded: false)), quick: quick)
    }

    private func error(_ programs: String) -> String {
        do throws(RunningError) {
            _ = try battery(programs)
            return "taken"
        } catch { return error.line }
    }

    private let whole = """
        [programs.second]
        question = "q"
        script = "p.py"
        arguments = [3, "x"]
        quick = [1]
        rounds = 4
        load = 2
        tolerance = 0.02
        planted = ["f"]
        asks = ["seen", "coverage"]

        [programs.first]
        question = "r"
        script = "p.py"
        quick = []
        asks = ["start"]
        """

    @Test func programsStandInTheOrderOfTheFile() throws {
        let battery = try battery(whole)
        #expect(battery.programs.map(\.name) == ["second", "first"])
        #expect(battery.programs.map(\.rounds) == [4, 6] && battery.programs[0].arguments == ["3", "x"])
        #expect(battery.programs[0].surroundings == Surroundings(load: 2) && battery.programs[0].tolerance == 0.02)
        #expect(battery.levelOfRow == 0.05 / 3)
    }

    @Test func theShortFormLeavesOutWhatItIsTold() throws {
        let battery = try battery(whole, quick: true)
        #expect(battery.programs.map(\.name) == ["second"])
        #expect(battery.programs[0].arguments == ["1"] && battery.programs[0].rounds == 2)
    }

    @Test func someProgramsCanBeChosen() throws {
        #expect(try battery(whole).only(["first"]).programs.map(\.name) == ["first"])
        let error = #expect(throws: RunningError.self) { try battery(whole).only(["third"]) }
        #expect(error?.line.contains("there is no program 'third'; --programs takes some of: second, first") == true)
    }

    @Test(arguments: [
        ("", "line 1: a battery needs programs"),
        ("[programs.p]\nquestion = \"q\"\nscript = \"p.py\"\nasks = [\"truth\"]", "line 8: 'asks' has no 'truth'"),
        ("[programs.p]\nquestion = \"q\"\nscript = \"p.py\"", "'asks' is missing"),
        ("[programs.p]\nquestion = \"q\"\nscript = \"no.py\"\nasks = [\"start\"]", "line 7: 'script' names no file"),
        ("[programs.p]\nquestion = \"q\"\nscript = \"p.py\"\nasks = [\"seen\"]", "'planted' is missing"),
        (
            "[programs.p]\nquestion = \"q\"\nscript = \"p.py\"\nasks = [\"start\"]\narguments = [[1]]",
            "takes texts and whole numbers"
        ),
        ("[bounds]\nshares = -1", "line 6: 'shares' wants a number above 0"),
        ("[bounds]\nshare = 1", "there is no key 'share'"),
    ])
    func whatIsWrongIsSaidWithItsLine(text: String, words: String) {
        let line = error(text)
        #expect(line.contains(words), "\(line)")
    }

    @Test func aProgramThatChangesIsAnother() throws {
        let before = try battery(whole).programs[1].hash
        try "pass".write(to: folder.appending(path: "p.py"), atomically: true, encoding: .utf8)
        #expect(try battery(whole).programs[1].hash != before)
    }
}
