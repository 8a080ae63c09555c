import Measuring
import ProfileModel
import Running

extension Programs {
    /// The script as it is, not profiled.
    func controlCommand(_ script: Script) -> Command {
        Command(executable: script.python ?? python, arguments: script.words)
    }

    /// The script under cProfile with its defaults, so C calls included.
    func cProfileCommand(_ script: Script) -> Command {
        Command(
            executable: script.python ?? python,
            arguments: ["-m", "cProfile", "-o", file("cProfile.pstats")] + script.words)
    }

    /// The script under cProfile without C calls.
    func cProfilePythonCommand(_ script: Script) -> Command {
        Command(executable: script.python ?? python, arguments: helper("cprofile_python").words + script.words)
    }

    /// A function of the script with a number, under line_profiler or with that only loaded.
    func lineProfilerCommand(_ script: Script, function: String, isProfiled: Bool) -> Command {
        let words = helper("line_profiler_python", function, isProfiled ? "yes" : "no").words
        return Command(executable: script.python ?? python, arguments: words + script.words)
    }

    /// The script under `swprof run`, which leaves the profile in `DESIGN.pb.gz` and reports.
    func runCommand(
        design: String, rate: Int? = nil, schedule: Schedule? = nil, script: Script
    ) -> Command {
        var arguments = ["run", "-d", design, "--python", python, "-o", file("\(design).pb.gz")]
        if let rate { arguments += ["--rate", String(rate)] }
        if let schedule { arguments += ["--schedule", schedule.rawValue] }
        return Command(executable: swprof, arguments: arguments + script.words)
    }

    /// The script under a design: the interpreter is launched as `swprof run` does it, so that neither its
    /// start nor its report counts as the program's time.
    func profiled(_ arm: Arm, _ script: Script) -> Start {
        let settings = arm.settings(seed: .random(in: 0 ... .max))
        var start = Start(
            arm,
            Command(
                executable: script.python ?? python, arguments: script.words,
                environment: environment(settings, arm.tool)))
        start.prepare = { [launch] in try launch?.renew() }
        return start
    }

    /// Where nothing can be launched, as in tests, the design's name stands for it.
    private func environment(_ settings: ProfilingSettings, _ design: String) -> [String: String] {
        launch?.environment(settings, design: design).mapValues { String(decoding: $0, as: UTF8.self) } ?? [
            "SWPROF_LAUNCH": design
        ]
    }
}
