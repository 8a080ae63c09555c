import Analysis
import Foundation
import ProfileModel
import Running

/// What a known-answer workload says of its own run: the last line that it writes.
public struct Truth: Codable, Equatable, Sendable {
    /// By function: the part of the time within `within` in which it was on the stack.
    public var shares: [String: Double]
    /// The same of the CPU time, where `by_cpu.py` ran it.
    public var cpuShares: [String: Double]?
    public var within: String
    /// The time within, in seconds.
    public var seconds: Double?
    /// By line of the file that `within` is in: the part of the time within in which that line was run.
    public var lines: [String: Double]?
    /// Which stacks the program can have.
    public var calls: CallGraph?
    /// The most memory that the program's process had resident, in bytes.
    public var memory: Double?

    private enum CodingKeys: String, CodingKey {
        case shares = "truth"
        case cpuShares = "cpuTruth"
        case within, seconds, lines, calls, memory
    }

    public init(shares: [String: Double], within: String, seconds: Double?) {
        (self.shares, self.within, self.seconds) = (shares, within, seconds)
    }

    /// `nil` where the last line is none.
    public init?(lastLineOf output: String?) {
        guard let truth = try? LastLine.decoded(Truth.self, output ?? "", of: "") else { return nil }
        self = truth
    }

    /// Throws where the last line is none, or its numbers cannot be.
    ///
    /// - Parameter path: of the program, for the error.
    public init(lastLineOf output: String, of path: String) throws(RunningError) {
        self = try LastLine.decoded(Truth.self, output, of: path)
        let all = [shares, cpuShares ?? [:], lines ?? [:]].flatMap { Array($0.values) }
        guard !shares.isEmpty, all.allSatisfy({ (0...1).contains($0) }), let seconds, seconds > 0, seconds.isFinite
        else {
            throw .failed("\(path) says of itself what cannot be: shares must be from 0 to 1, seconds above 0")
        }
    }

    /// What is true by a clock; throws where the program does not say it.
    public func shares(by clock: Clock, of path: String) throws(RunningError) -> [String: Double] {
        guard clock == .cpu else { return shares }
        guard let cpuShares, !cpuShares.isEmpty else {
            throw .failed("\(path) does not say what is true by the CPU clock")
        }
        return cpuShares
    }
}

/// JSON that a program ends with.
public enum LastLine {
    public static func decoded<Value: Decodable>(_ type: Value.Type, _ output: String, of path: String)
        throws(RunningError) -> Value
    {
        let line = output.split(whereSeparator: \.isNewline).last ?? ""
        do {
            return try JSONDecoder().decode(type, from: Data(line.utf8))
        } catch {
            throw .failed("\(path) does not end with the JSON line that says what is true of it: \(line.prefix(80))")
        }
    }
}
