import FoundationEssentials

/// A flame graph as the page's script reads it.
struct FlameData: Encodable {
    /// Times by owner: the steps from one node to the next, and what each has on top, in parts of the whole.
    struct Owner: Encodable {
        var thread: Int
        var task: String?
        var nodes: [Int]
        var weights: [Int]
    }

    /// By frame.
    var names: [String] = []
    var places: [String] = []
    /// A digit for each.
    var kinds = ""
    /// The row of the table of functions; −1 where it has none.
    var rows: [Int] = []
    /// By node: see `FlameSelection`.
    var up: [Int] = []
    var of: [Int] = []
    var owners: [Owner] = []
    /// The name of each thread, and of its process.
    var threads: [[String]] = []
    /// Of one part of the whole; 0 where no seconds are known.
    var seconds = 0.0
    /// Of a tree that changed, by node, the root first: 1 for more, 2 for less, 0 where one cannot tell.
    var verdicts: [Int]?
    /// Instead of shares, what is said of each node.
    var notes: [String]?

    /// What shares are written in: parts of the whole.
    static let unit = 1e8

    /// JSON in which nothing can end the element that it stands in.
    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
                .replacing("<", with: "\\u003c").replacing(">", with: "\\u003e").replacing("&", with: "\\u0026")
        }
    }
}

extension FlameData.Owner {
    /// - Parameter times: by place of a node, in parts of the whole.
    init(thread: Int = -1, task: String? = nil, _ times: [Int: Double]) {
        (self.thread, self.task) = (thread, task)
        let whole = times.mapValues { $0.isFinite ? Int(min(max($0, 0), 1e15).rounded()) : 0 }
        let seen = whole.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        nodes = zip(seen.map(\.key), [0] + seen.map(\.key)).map { $0 - $1 }
        weights = seen.map(\.value)
    }
}
