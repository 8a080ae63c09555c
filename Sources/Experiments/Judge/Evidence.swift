import Analysis
import Measuring
import ProfileModel
import Statistics

/// All that is known of one tool on one program.
public struct Evidence: Sendable {
    public var program: BatteryProgram
    public var kind: Kind
    public var profiled: [JudgedRun]
    public var controls: [JudgedRun]
    /// Why the program does not run without a tool, as the end of a sentence.
    public var obstacle: String?

    public init(program: BatteryProgram, kind: Kind, profiled: [JudgedRun], controls: [JudgedRun]) {
        (self.program, self.kind, self.profiled, self.controls) = (program, kind, profiled, controls)
    }
}

/// A profiled run beside the truth that it is judged by.
struct JudgedPair {
    var run: JudgedRun
    var reported: ReportedShares
    /// A sampler's is of the same run; a tracer's of the unprofiled one of the round, for a tracer slows what it measures.
    var truth: Truth
}

extension Evidence {
    /// Those that can be judged.
    var pairs: [JudgedPair] {
        profiled.compactMap { run in
            let truth = kind == .sampling ? run.truth : control(of: run)?.truth
            guard let reported = run.reported, let truth else { return nil }
            return JudgedPair(run: run, reported: reported, truth: truth)
        }
    }

    func control(of run: JudgedRun) -> JudgedRun? { controls.first { $0.round == run.round } }

    /// Profiled runs that came to their end, each with its control.
    var runsWithControls: [(run: JudgedRun, control: JudgedRun)] {
        profiled.compactMap { run in
            run.failure == nil ? control(of: run).map { (run, $0) } : nil
        }
    }

    /// Why no run gave a profile; `nil` where one did.
    var failure: String? {
        guard profiled.allSatisfy({ $0.failure != nil }) else { return nil }
        return profiled.first?.failure ?? "it was not run"
    }

    /// Why no profile gives shares, and whether that is for what the tool never tells; `nil` where one does.
    var silence: (why: String, isByNature: Bool)? {
        guard profiled.allSatisfy({ $0.reported == nil }), let run = profiled.first(where: { $0.silence != nil }) else {
            return nil
        }
        return (run.silence ?? "", run.isSilentByNature)
    }

    /// The functions that the program knows the shares of, in the order of their names.
    var functions: [String] { Set(profiled.compactMap(\.truth).flatMap(\.shares.keys)).sorted() }

    /// The widest range of a share over unprofiled runs.
    var spread: Double {
        let truths = controls.compactMap(\.truth)
        return functions.map { function in
            let shares = truths.compactMap { $0.shares[function] }
            return (shares.max() ?? 0) - (shares.min() ?? 0)
        }.max() ?? 0
    }
}
