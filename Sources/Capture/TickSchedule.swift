import Glibc

/// When a sampler looks: gives one due instant after the other.
public struct TickSchedule: Sendable {
    public enum Kind: String, Sendable { case jittered, poisson, periodic }

    /// One due tick.
    public struct Tick: Sendable, Equatable {
        public var number: UInt64
        /// Nanoseconds since the run began.
        public var due: Int64
        /// Whether a periodic schedule moved it on purpose.
        public var isProbe: Bool
    }

    public let kind: Kind
    /// The mean gap in nanoseconds.
    public let interval: Double
    private var random: RandomSource
    private var number: UInt64 = 0
    private var lastPoisson = 0.0

    /// The part of a periodic schedule's ticks that are probes.
    public static let probeShare = 0.1

    /// - Parameter rate: mean ticks a second.
    public init(_ kind: Kind, rate: Double, seed: UInt64) {
        self.kind = kind
        interval = 1e9 / rate
        random = RandomSource(seed: seed)
    }

    /// The next tick. Due instants never decrease.
    public mutating func next() -> Tick {
        defer { number += 1 }
        switch kind {
        case .jittered:
            return tick((Double(number) + random.uniform()) * interval)
        case .poisson:
            lastPoisson -= log(1 - random.uniform()) * interval
            return tick(lastPoisson)
        case .periodic:
            let isProbe = random.uniform() < Self.probeShare
            return tick((Double(number) + (isProbe ? random.uniform() : 0)) * interval, isProbe: isProbe)
        }
    }

    private func tick(_ due: Double, isProbe: Bool = false) -> Tick {
        Tick(number: number, due: Int64(due), isProbe: isProbe)
    }
}
