import Foundation
import Running

/// When each function began and ended in one run, as a workload writes it: by thread that ran `main`.
struct RecordedTimeline: Decodable, Equatable, Sendable {
    var threads: [Thread]

    struct Thread: Decodable, Equatable, Sendable {
        /// Begin and end of `main`, in nanoseconds of the monotonic clock.
        var within: [Int64]
        var segments: [Segment]
    }

    /// One call of a function: no two of a thread overlap.
    struct Segment: Decodable, Equatable, Sendable {
        var function: String
        var begin: Int64
        var end: Int64

        init(function: String, begin: Int64, end: Int64) {
            (self.function, self.begin, self.end) = (function, begin, end)
        }

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            function = try row.decode(String.self)
            begin = try row.decode(Int64.self)
            end = try row.decode(Int64.self)
        }
    }

    init(threads: [Thread]) { self.threads = threads }

    private enum CodingKeys: CodingKey { case threads }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        threads =
            try values.contains(.threads) ? values.decode([Thread].self, forKey: .threads) : [Thread(from: decoder)]
    }

    /// Throws where the text is no timeline, or one that cannot be.
    init(json: String, of workload: String) throws {
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)), read.isPossible else {
            throw RunningError.failed(
                "the timeline that \(workload) writes where TRUTH_TIMELINE says is none: give begin and end of main, and segments in it"
            )
        }
        self = read
    }

    private var isPossible: Bool {
        !threads.isEmpty
            && threads.allSatisfy { thread in
                thread.within.count == 2 && thread.within[0] < thread.within[1] && !thread.segments.isEmpty
                    && thread.segments.allSatisfy {
                        thread.within[0] <= $0.begin && $0.begin <= $0.end && $0.end <= thread.within[1]
                    }
            }
    }
}
