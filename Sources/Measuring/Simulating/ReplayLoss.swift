import Capture
import ProfileModel

/// Which ticks of a replay are lost.
public enum ReplayLoss: Sendable, Equatable {
    case none
    /// Each with this probability.
    case random(Double)
    /// As in a real run: by tick whether it was lost. Every replay begins anywhere in it.
    case pattern([Bool])

    /// The gaps of a sampler's profile, those of several processes one behind the other; `nil` where it does not number its ticks.
    public init?(of profile: Profile) {
        guard profile.kind == .sampling, profile.samples.allSatisfy({ $0.tick != nil }) else { return nil }
        let due = profile.ledgers.map { min(max(0, $0?.due ?? 0), Self.mostTicks) }
        guard (1...Self.mostTicks).contains(due.reduce(0, +)) else { return nil }
        var isLost = due.map { [Bool](repeating: true, count: $0) }
        for sample in profile.samples {
            let process = profile.process(of: sample)
            guard let tick = sample.tick, isLost.indices.contains(process), isLost[process].indices.contains(tick)
            else {
                continue
            }
            isLost[process][tick] = false
        }
        self = .pattern(Array(isLost.joined()))
    }

    private static let mostTicks = 1 << 28

    /// The part that is lost.
    public var part: Double {
        switch self {
        case .none: 0
        case .random(let part): part
        case .pattern(let isLost): Double(isLost.count { $0 }) / Double(max(1, isLost.count))
        }
    }
}

/// Says of one replay's ticks, in order, which are lost.
struct ReplayedLoss {
    private let loss: ReplayLoss
    private var random: RandomSource
    private var at = 0

    init(_ loss: ReplayLoss, seed: UInt64) {
        self.loss = loss
        random = RandomSource(seed: seed)
        if case .pattern(let isLost) = loss, !isLost.isEmpty { at = Int(random.next() % UInt64(isLost.count)) }
    }

    mutating func next() -> Bool {
        switch loss {
        case .none: return false
        case .random(let part): return random.uniform() < part
        case .pattern(let isLost):
            guard !isLost.isEmpty else { return false }
            defer { at = at + 1 == isLost.count ? 0 : at + 1 }
            return isLost[at]
        }
    }
}
