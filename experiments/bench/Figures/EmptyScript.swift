import FoundationEssentials
import Measuring
import Running
import Statistics

/// What `swprof run` adds to the shortest of programs: start, extension, reading the log, the report.
struct EmptyScript: Figure {
    var name: String { "empty script" }

    private static let run = Arm.tool("swprof run")

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let script = Script(path: bench.programs.file("empty.py"))
        guard FileManager.default.createFile(atPath: script.path, contents: Data()) else {
            throw RunningError.failed("cannot write \(script.path): is the folder writable?")
        }
        let programs = bench.programs
        let arms = [
            Start(.control, programs.controlCommand(script)),
            Start(
                Self.run,
                Command(
                    executable: programs.swprof, arguments: ["run", "--python", programs.python] + script.words)),
        ]
        try await bench.measure([added], of: arms, as: name)
    }

    private var added: RoundedFigure {
        RoundedFigure(
            figure: "swprof run adds to an empty script",
            asked: .atMost(40), askedText: "at most 40 ms", precision: .tenth, places: 1, unit: " ms"
        ) { rounds in
            Jackknife.mean(zip(rounds.wall(Self.run), rounds.wall(.control)).map { 1000 * ($0 - $1) })
        }
    }
}
