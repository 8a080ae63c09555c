import Analysis
import FoundationEssentials
import ProfileModel
import Running

/// What designs cost a program that has passes: a duet of each, in a process of its own, and rounds of an empty script.
public struct DuetMeasurement: Sendable {
    /// Rounds of the empty script: with three processes each, about two seconds.
    private static let startRounds = 20

    private let interpreter: Interpreter
    private let measuresStart: Bool

    public init(_ interpreter: Interpreter, measuresStart: Bool) {
        (self.interpreter, self.measuresStart) = (interpreter, measuresStart)
    }

    /// Measures every design.
    ///
    /// - Parameter settings: of each design, in the order of the report.
    public func findings(
        of program: PassesProgram, words: [String], settings: [DuetSettings]
    ) async throws -> OverheadFindings {
        let runner = try DuetRunner(program, interpreter: interpreter)
        let progress = Progress()
        defer { progress.clear() }
        var all: [DuetPasses] = []
        for setting in settings {
            progress.show("\(setting.design.rawValue): passes with the design on and off")
            all.append(try Self.decoded(try await runner.passes(setting), named: "what was measured"))
        }
        return try findings(of: all, words: words, progress)
    }

    /// Analyses passes that were measured already.
    public func findings(ofFile path: String) throws -> OverheadFindings {
        guard let bytes = try? FileReading.bytes(of: path) else {
            throw RunningError.usage(
                "cannot read the passes in '\(path)'; give the JSON of swprof.overhead(…).passes")
        }
        return try findings(of: [Self.decoded(bytes, named: "'\(path)'")], words: [], Progress())
    }

    private func findings(
        of passes: [DuetPasses], words: [String], _ progress: Progress
    ) throws -> OverheadFindings {
        let audit = EnvironmentAudit.take(interpreter)
        let designs = try passes.map { passes in
            guard let design = Design(rawValue: passes.design) else {
                throw RunningError.failed(
                    "there is no design '\(passes.design)', whose passes these are; update swprof")
            }
            progress.show("\(design.rawValue): a script that does nothing")
            // One in Python may be a class that is in no file.
            let hasStart = self.measuresStart && (design.written == nil || !words.isEmpty)
            let rounds = hasStart ? try startRounds(design, rate: passes.rate) : []
            return try OverheadAnalysis.finding(of: passes, kind: passes.kind ?? design.kind, start: rounds)
        }
        return OverheadFindings(program: words, python: passes.first?.python ?? "", designs: designs, audit: audit)
    }

    private func startRounds(_ design: Design, rate: Double) throws(RunningError) -> [StartRound] {
        let program = try EmptyProgram(interpreter)
        // The first calibrates the design, where it has to be, and fills caches.
        _ = try (program.plainSeconds(), program.profiledSeconds(design, rate: rate))
        var rounds: [StartRound] = []
        for _ in 0..<Self.startRounds {
            var plain = 0.0
            let isPlainFirst = Bool.random()
            if isPlainFirst { plain = try program.plainSeconds() }
            let profiled = try program.profiledSeconds(design, rate: rate)
            if !isPlainFirst { plain = try program.plainSeconds() }
            rounds.append(StartRound(profiled: profiled, plain: plain))
        }
        return rounds
    }

    private static func decoded(_ bytes: [UInt8], named name: String) throws -> DuetPasses {
        do {
            return try JSONDecoder().decode(DuetPasses.self, from: Data(bytes))
        } catch let error as AnalysisError {
            throw RunningError.failed("\(name) cannot be read as passes: \(error); measure them again")
        } catch {
            throw RunningError.failed("\(name) is no file of passes; give the JSON of swprof.overhead(…).passes")
        }
    }
}
