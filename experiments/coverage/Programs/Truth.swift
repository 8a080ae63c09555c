import Foundation
import ProfileModel

/// What a known-answer workload says of its own run: the last line that it writes.
struct Truth: Decodable, Equatable, Sendable {
    /// By function: the part of the time within `within` in which it was on the stack.
    var shares: [String: Double]
    /// The same of the CPU time, where `by_cpu.py` ran it.
    var cpuShares: [String: Double]?
    var within: String
    /// The time within, in seconds.
    var seconds: Double

    private enum CodingKeys: String, CodingKey {
        case shares = "truth"
        case cpuShares = "cpuTruth"
        case within, seconds
    }

    /// Throws where the last line is no such JSON, or its numbers cannot be.
    init(lastLineOf output: String, of workload: Workload) throws {
        self = try LastLine.decoded(Truth.self, output, of: workload)
        let all = Array(shares.values) + (cpuShares.map { Array($0.values) } ?? [])
        guard !shares.isEmpty, all.allSatisfy({ (0...1).contains($0) }), seconds > 0, seconds.isFinite else {
            throw CoverageError("\(workload.path) says of itself what cannot be: shares must be from 0 to 1, seconds above 0")
        }
    }

    /// What is true by a clock.
    func shares(by clock: Clock, of workload: Workload) throws -> [String: Double] {
        guard clock == .cpu else { return shares }
        guard let cpuShares, !cpuShares.isEmpty else {
            throw CoverageError("\(workload.path) does not say what is true by the CPU clock")
        }
        return cpuShares
    }
}

/// JSON that a program ends with.
enum LastLine {
    static func decoded<Value: Decodable>(_ type: Value.Type, _ output: String, of workload: Workload) throws -> Value {
        let line = output.split(whereSeparator: \.isNewline).last ?? ""
        do {
            return try JSONDecoder().decode(type, from: Data(line.utf8))
        } catch {
            throw CoverageError("\(workload.path) does not end with the JSON line that says what is true of it: \(line.prefix(80))")
        }
    }
}
