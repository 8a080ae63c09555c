import ProfileModel
import Running

/// What an experiment asks: its axes, whose every combination is a cell, and how often each is run.
public struct Spec: Sendable, Equatable {
    public var title: String
    /// Rounds: how often every cell is run.
    public var runs: Int
    public var seed: UInt64 = 1
    /// Names of workloads, scripts by path, or `pyperformance:NAME`.
    public var workloads: [String]
    /// Those that are only run as they are, for what they say themselves.
    public var unprofiled: [String] = []
    /// By workload: one or several sets of arguments; none for a workload that is run without.
    public var sizes: [String: [[String]]] = [:]
    /// Commands or paths.
    public var interpreters: [String] = ["python3"]
    public var designs: [Design] = []
    /// Other profilers, on the wall clock.
    public var peers: [PeerName] = []
    public var rates: [Double] = [1000]
    public var schedules: [Schedule] = [.jittered]
    public var clocks: [Clock] = [.wall]
    /// The functions that `lines` traces; all where there are none.
    public var trace: [String] = []
    public var shares = KeptShares.none
    /// The function whose time the shares are parts of; of the whole run's where there is none.
    public var within: String?
    /// Set for every run.
    public var environment: [String: String] = [:]
    public var limits = RunLimits(time: .seconds(120), memory: 4096 << 20)

    /// What of every profile is stored beside its costs.
    public enum KeptShares: String, Sendable, CaseIterable {
        case none, functions, lines
    }

    init(title: String, runs: Int, workloads: [String]) {
        (self.title, self.runs, self.workloads) = (title, runs, workloads)
    }
}
