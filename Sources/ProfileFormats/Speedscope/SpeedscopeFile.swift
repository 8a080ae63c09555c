/// A speedscope file (https://www.speedscope.app/file-format-schema.json), as it is written.
struct SpeedscopeFile: Encodable {
    var schema = "https://www.speedscope.app/file-format-schema.json"
    var exporter: String?
    var name: String?
    var shared: Shared
    var profiles: [Thread]
    /// What the format has no field for, as `PprofComments` lists it.
    var swprof: [String]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case exporter, name, shared, profiles, swprof
    }

    struct Shared: Encodable {
        var frames: [SpeedscopeFrame]
    }

    /// One thread.
    struct Thread: Encodable {
        var type = "sampled"
        var name: String
        var unit = "nanoseconds"
        var startValue: Int64 = 0
        var endValue: Int64 = 0
        /// Indices of frames, root first.
        var samples: [[Int]] = []
        var weights: [Int64] = []
    }
}

struct SpeedscopeFrame: Encodable, Hashable {
    var name = ""
    var file: String?
    /// The one being executed in many tools' files, the function's first in pyinstrument's; in swprof's the former where it is known.
    var line: Int64?
    /// What only swprof's files tell: the bare name, where it does not follow from the other, and the lines that are known.
    var bareName: String?
    var firstLine: Int64?
    var executing: Int64?
}
