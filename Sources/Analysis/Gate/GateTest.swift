import Statistics

/// One look at pairs of runs: is the new version slower by more than matters, as a whole or in a function?
///
/// Every test is one of a change in seconds, paired by round, against the least change that matters. A function *fails* where
/// its own time grew by more than its limit, or its time with all that it calls by more than the whole program's, by Student's
/// test; both tests of all functions are adjusted together (`BenjaminiYekutieli`: self times of a run compete for the same
/// ticks, and totals move together, so that neither independence nor positive dependence may be assumed). A function *passes*
/// where the upper end of its interval lies below the greater of both limits: to show of all functions that none grew by as
/// little as makes one fail would take several times as many rounds. Passing needs no adjustment for the number of functions,
/// for all of them must pass (R. L. Berger, Technometrics 24, 1982, 295–300, intersection–union).
struct GateTest {
    let slowdown: GateSlowdown
    /// Those with enough time to matter; what fails first, then by how much they grew.
    let functions: [GateFunction]

    /// - Parameter error: the probability of a wrong answer, either way, that this look may spend on the whole program, and
    ///   again on its functions. `nil` under three rounds, and where nothing took any time.
    init?(_ pairs: [GatePair], _ limits: GateLimits, error: Double) {
        guard let slowdown = GateSlowdown(pairs, limit: limits.slowdown, error: error) else { return nil }
        self.slowdown = slowdown
        let whole = slowdown.before
        let changes = FunctionChanges(pairs, least: limits.function * whole / 3)
        let judged = FunctionJudging(
            changes, limits: (own: limits.function * whole, total: limits.slowdown * whole), error: error)
        functions = judged.functions(whole: whole).sorted()
    }

    var verdict: GateVerdict {
        let all = [slowdown.verdict] + functions.map(\.verdict)
        return all.contains(.fail) ? .fail : all.contains(.undecided) ? .undecided : .pass
    }

    /// Whether what cannot differ does: then the machine is not fit for so fine a question.
    static func differs(_ pairs: [GatePair], _ limits: GateLimits, error: Double) -> Bool {
        [pairs, pairs.map(\.swapped)].contains { GateTest($0, limits, error: error)?.verdict == .fail }
    }
}
