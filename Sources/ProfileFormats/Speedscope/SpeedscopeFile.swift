/// A speedscope file (https://www.speedscope.app/file-format-schema.json), as it stands.
struct SpeedscopeFile: Codable {
    var schema = "https://www.speedscope.app/file-format-schema.json"
    var exporter: String?
    var name: String?
    var shared: Shared
    var profiles: [Thread]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case exporter, name, shared, profiles
    }

    struct Shared: Codable {
        var frames: [Frame]
    }

    struct Frame: Codable, Hashable {
        var name: String
        var file: String?
        var line: Int64?
    }

    /// One thread: `sampled` has samples and weights, `evented` has events.
    struct Thread: Codable {
        var type: String
        var name: String
        var unit: String
        var startValue: Double
        var endValue: Double
        /// Indices of frames, root first.
        var samples: [[Int]]?
        var weights: [Double]?
        var events: [Event]?
    }

    struct Event: Codable {
        /// `O` opens a frame, `C` closes it.
        var type: String
        var at: Double
        var frame: Int
    }
}
