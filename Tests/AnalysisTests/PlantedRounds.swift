import ProfileModel

@testable import Analysis

/// Rounds with a known truth: `work` and `helper`, called by `work` very often.
///
/// The program takes one second, of which `helper` has a quarter. The tracer makes it take three,
/// and puts most of that on `helper`'s calls; the sampler sees the truth; `gil` looks seldom, where
/// it is let, and misses `helper`.
enum PlantedRounds {
    static let designs = ["setprofile", "signal", "gil"]

    /// What differs between rounds, in parts of a thousand.
    private static let noise: [Int64] = [0, 4, -3, 2, -5, 1, 3, -2, 5, -4]

    static func make(_ count: Int) -> [Round] {
        (0..<count).map { round in
            let noise = noise[round % noise.count]
            return Round(
                control: 1 + Double(noise) / 1000, selfTestControl: 1 + Double(-noise) / 2000,
                runs: [
                    "setprofile": ProfiledRun(seconds: 3 + Double(noise) / 500, profile: tracer(noise)),
                    "signal": ProfiledRun(seconds: 1.002 + Double(noise) / 900, profile: signal(noise)),
                    "gil": ProfiledRun(seconds: 1.01 + Double(noise) / 800, profile: gil(noise)),
                ])
        }
    }

    static func tracer(_ noise: Int64) -> Profile {
        Planted.profile(
            "setprofile", .tracing, firstLines: ["work": 10, "helper": 20],
            [
                ("work:0", (1200 + noise) * 1_000_000, 1), ("work:0 helper:0", (1500 - noise) * 1_000_000, 40_000),
                ("work:0 helper:0 len", 300_000_000, 40_000),
            ])
    }

    static func signal(_ noise: Int64) -> Profile {
        var profile = Planted.profile(
            "signal", .sampling, firstLines: ["work": 10, "helper": 20],
            [("work:11", (750 + noise) * 1_000_000, 1), ("work:12 helper:21", (250 - noise) * 1_000_000, 1)])
        profile.ledger = ledger(due: 1000, taken: 990, gap: 1e6)
        return profile
    }

    static func gil(_ noise: Int64) -> Profile {
        var profile = Planted.profile(
            "gil", .sampling, firstLines: ["work": 10, "helper": 20],
            [
                ("work:11", (400 + noise) * 1_000_000, 1), ("work:12", (550 - noise) * 1_000_000, 1),
                ("work:12 helper:21", 50_000_000, 1),
            ])
        profile.instantsAreOwn = false
        profile.ledger = ledger(due: 1000, taken: 200, gap: 5e6)
        return profile
    }

    private static func ledger(due: Int, taken: Int, gap: Double) -> Ledger {
        var ledger = Ledger()
        ledger.due = due
        ledger.taken = taken
        ledger.missed = due - taken
        ledger.gaps.mean = gap
        return ledger
    }

    static func findings(_ count: Int) -> CompareFindings {
        Comparison.findings(rounds: make(count), designs: designs, program: ["p.py"], audit: ["machine": "test"])
    }
}
