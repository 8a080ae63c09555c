@testable import Analysis

/// Passes as a duet makes them, on a machine without chance but for a little noise.
struct PlantedDuet {
    var slowdown = 1.0
    /// How many times as long the pass right behind a switch takes, and the one behind that.
    var washout = 1.0
    var soon = 1.0
    /// CPU seconds of other threads per second with the design on.
    var own = 0.0
    /// How many times as long a numerator takes where the design is on in both passes, or off.
    var drift = 1.0
    /// Relative, uniform.
    var noise = 0.01
    var wantedPairs = 300
    private var random: SplitMix

    init(seed: UInt64 = 1) { random = SplitMix(state: seed) }

    mutating func measured(pairs: Int) -> DuetPasses {
        var passes: [MeasuredPass] = []
        var state = false
        var place = 1
        for pair in 0..<pairs * 3 / 2 {
            let arm: MeasuredPass.Arm = pair % 6 == 4 ? .on : pair % 6 == 5 ? .off : .duet
            let first = Bool.random(using: &random)
            for (at, isNumerator) in [first, !first].enumerated() {
                let isOn = arm == .duet ? isNumerator : arm == .on
                if isOn != state || at == 1 && arm != .duet {
                    passes.append(pass(arm, pair, 0, isOn, false))
                    (state, place) = (isOn, 1)
                }
                passes.append(pass(arm, pair, place, isOn, isNumerator))
                place += 1
            }
        }
        return DuetPasses(
            design: "signal", rate: 1000, python: "3.11.2", calls: 7, wantedPairs: wantedPairs, passes: passes)
    }

    private mutating func pass(
        _ arm: MeasuredPass.Arm, _ pair: Int, _ place: Int, _ isOn: Bool, _ isNumerator: Bool
    ) -> MeasuredPass {
        var seconds = 0.005 * (1 + noise * Double.random(in: -1...1, using: &random)) * (isOn ? slowdown : 1)
        if place == 0 { seconds *= washout }
        if place == 1 { seconds *= soon }
        if arm != .duet, isNumerator { seconds *= drift }
        return MeasuredPass(
            arm, pair: pair, place: place, isOn: isOn, isNumerator: isNumerator, wall: seconds,
            cpu: seconds * (isOn ? 1 + own : 1), threadCPU: seconds)
    }
}
