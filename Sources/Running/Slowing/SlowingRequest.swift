import ProfileModel

/// Functions, and what each is given as its first statement.
public struct SlowingRequest: Sendable, Equatable {
    enum Statement: Sendable, Equatable {
        case none
        /// Counts how often it is reached.
        case counting
        /// Compares so many elements.
        case spin(Int)
    }

    var functions: [Function]
    var statements: [Statement]

    /// Counts the calls of all functions.
    init(counting functions: [Function]) {
        self.functions = functions
        statements = functions.map { _ in .counting }
    }

    /// Slows one function, or none. All are compiled anew, so that every run does that much more alike.
    public init(_ functions: [Function], slowing slowed: Int? = nil, by work: Int = 0) {
        self.functions = functions
        statements = functions.indices.map { $0 == slowed ? .spin(work) : .none }
    }

    /// As `slowed_launch.py` reads it.
    ///
    /// - Parameter tells: whether the run tells, as it ends, how long it took.
    func bytes(tells: Bool) -> [UInt8] {
        let fields = zip(functions, statements).flatMap {
            [$0.file ?? "", String($0.line), $0.name, String($1.number)]
        }
        return ([tells ? "tell" : "be silent"] + fields).flatMap { Array($0.utf8) + [0] }
    }
}

extension SlowingRequest.Statement {
    fileprivate var number: Int {
        switch self {
        case .none: 0
        case .counting: -1
        case .spin(let elements): elements
        }
    }
}

/// Time from the program's first line to its end.
public struct ProgramSeconds: Sendable, Equatable {
    public var wall: Double
    /// Over all its threads.
    public var cpu: Double

    public init(wall: Double, cpu: Double) { (self.wall, self.cpu) = (wall, cpu) }
}

/// What a run told as it ended.
public struct SlowingAnswer: Sendable, Equatable {
    public var seconds: ProgramSeconds
    /// Seconds that a spin takes for one element; 0 where nothing was counted.
    var perElement: Double
    /// In the order of the request: calls that were counted, or why there were none to count.
    var functions: [CountedCalls]

    /// `nil` where it is not whole.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let figures = lines[0].split(separator: " ").compactMap { Double($0) }
        guard figures.count == 3, figures.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        seconds = ProgramSeconds(wall: figures[0], cpu: figures[1])
        perElement = figures[2]
        functions = lines.dropFirst().map { CountedCalls($0) }
    }
}

/// How often a function was called, or why it cannot be slowed.
public enum CountedCalls: Sendable, Equatable {
    case calls(Int)
    case notSlowed(reason: String)

    fileprivate init(_ line: Substring) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        if words.first == "calls", let calls = words.last.flatMap({ Int($0) }) {
            self = calls > 0 ? .calls(calls) : .notSlowed(reason: "it is not called")
        } else {
            self = .notSlowed(reason: words.count > 1 ? words[1] : "nothing is known of it")
        }
    }
}
