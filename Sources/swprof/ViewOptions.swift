import Analysis
import ArgumentParser
import ProfileFormats
import ProfileModel
import Reports
import Running

extension TerminalOptions.View: ExpressibleByArgument {}
extension TerminalOptions.Sort: ExpressibleByArgument {}
extension TimeScope: ExpressibleByArgument {}

/// What a report of one run lists, and whose code is the user's own: the same for all commands that report one.
struct ViewOptions: ParsableArguments {
    @Option(
        help:
            "What to list: tree (the default, with hot lines), function, line, stack, thread, task, process or opcode.")
    var by: TerminalOptions.View?

    @Option(help: "List functions or lines by their self or total time.")
    var sort: TerminalOptions.Sort?

    @Flag(help: "List all functions, whosever they are, in place of the tree.")
    var all = false

    @Option(
        help: ArgumentHelp(
            "Code below this path is your own, beside that below the program's folder; may be given again.",
            valueName: "path"))
    var own: [String] = []

    @Option(help: ArgumentHelp("Take shares of the time under this function.", valueName: "function"))
    var within: String?

    @Option(
        help: ArgumentHelp(
            "Take shares of the time in which threads ran, waited (for the GIL or anything else), or held the GIL.",
            valueName: "running|idle|gil"))
    var time: TimeScope?

    @Option(parsing: .unconditional, help: "How many rows; else as many as fit.")
    var top: Int?

    /// Throws where they make no sense, before anything is run.
    func check() throws {
        if let top, top < 1 { throw Ending.usage("--top \(top) shows nothing; give a number from 1 on") }
        if all, by != nil {
            throw Ending.usage("--all lists functions, so it cannot be given with --by; leave one out")
        }
        if sort != nil, view != .function, view != .line {
            throw Ending.usage("--sort is for functions and lines; give --by function or --by line with it")
        }
        for path in own where path.isEmpty { throw Ending.usage("--own '' names no path; give a folder or a file") }
    }

    /// Throws where a design does not tell the time that is asked for, before anything is run.
    func check(_ design: Design, _ clock: Clock) throws {
        do throws(AnalysisError) {
            try time?.check(design.rawValue, design.kindsTold, clock)
        } catch {
            throw Ending.usage(error.description)
        }
    }

    private var view: TerminalOptions.View { by ?? (all || sort != nil ? .function : .tree) }

    /// Of the part of the time that is asked for; where none was seen of it, the whole run is shown all the same.
    func findings(of profile: Profile) throws -> RunFindings {
        do {
            return try RunAnalysis.findings(of: profile, within: within, time: time)
        } catch {
            Output.printError("swprof: \("\(error)".legible()); this is of the whole run")
            return try RunAnalysis.findings(of: profile)
        }
    }

    /// As the terminal behind a descriptor wants it.
    func terminal(colors: Bool, width: Int) -> TerminalOptions {
        TerminalOptions(top: top, by: view, sort: sort ?? .own, colors: colors, width: width)
    }

    /// Adds what was named on the command line to what a profile calls its own.
    func addOwn(to profile: inout Profile) {
        for path in own.flatMap(OwnPaths.named) where !profile.own.contains(path) { profile.own.append(path) }
    }
}
