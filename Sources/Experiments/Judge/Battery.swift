import Measuring

/// What every tool is asked: known-answer programs, what is asked about each, and what counts as an answer.
public struct Battery: Sendable, Equatable {
    public var title: String
    /// How often each program is run under each tool, where the program does not say.
    public var rounds: Int
    /// Of samplers, in ticks a second.
    public var rate = 1000.0
    /// The probability that a tool without any fault misses a row of its card by chance.
    public var level = 0.05
    /// After so many seconds a run is ended.
    public var limit = 60
    public var bounds = BatteryBounds()
    /// In the order of the file.
    public var programs: [BatteryProgram]

    public init(title: String, rounds: Int, programs: [BatteryProgram]) {
        (self.title, self.rounds, self.programs) = (title, rounds, programs)
    }

    /// What a rule may risk, so that all rules together stay within the level (Bonferroni).
    public var levelOfRow: Double {
        level / Double(max(1, programs.reduce(0) { $0 + $1.asks.count }))
    }
}

/// A program of the battery, and what is asked about it.
public struct BatteryProgram: Sendable, Equatable {
    public var name: String
    /// What it shows, for people.
    public var question: String
    public var script: String
    public var arguments: [String] = []
    public var asks: [BatteryAsk]
    /// The functions whose share is asked for, all together.
    public var planted: [String] = []
    /// How far off a share may be, where that is not the battery's own bound.
    public var tolerance: Double?
    public var rounds: Int
    /// Busy processes beside it, and processors that it has, where those are fewer than there are.
    public var surroundings = Surroundings()

    public init(name: String, question: String, script: String, asks: [BatteryAsk], rounds: Int) {
        (self.name, self.question, self.script, self.asks, self.rounds) = (name, question, script, asks, rounds)
    }
}

/// What can be asked about a program: each is a rule, and a row of the card.
public enum BatteryAsk: String, Sendable, CaseIterable {
    /// Every function's share, by run.
    case shares
    /// All shares together, beside what a faultless sampler would be off by.
    case variation
    /// Whether the tool's own intervals hold the truth; one row for all programs.
    case coverage
    /// Every line's share.
    case lines
    /// Seconds in the program's main function.
    case time
    /// Whether every stack can be.
    case stacks
    /// The share of the planted functions.
    case seen
    /// The seconds of the planted functions, wherever they run.
    case seconds
    /// Samples taken against those asked for.
    case samples
    /// What start and end take.
    case start
    case slowdown, cpu, memory
}

/// What rules compare figures with.
public struct BatteryBounds: Sendable, Equatable {
    /// How far off a share may be, whatever chance says.
    public var shares = 0.01
    /// An error that has to show before a share is called right.
    public var shown = 0.03
    /// The part of the intervals that hold the truth.
    public var coverage = 0.93
    /// The part of the stacks that cannot be.
    public var stacks = 0.001
    /// The part of the samples asked for that were taken.
    public var samples = 0.9
    /// By what part reported seconds of a program's main function may differ from the true ones.
    public var time = 0.1
    /// The same of planted functions' seconds.
    public var seconds = 0.2
    /// Seconds that start and end may take.
    public var start = 0.3
    /// The program's time under the tool over its time without.
    public var slowdown = 1.1
    /// Processors that are used beside the program.
    public var cpu = 0.2
    /// The memory of the program's process over that without the tool.
    public var memory = 1.2
    /// How far apart the same share may be in unprofiled runs before a tracer cannot be judged by them.
    public var repeatable = 0.1

    public init() {}
}
