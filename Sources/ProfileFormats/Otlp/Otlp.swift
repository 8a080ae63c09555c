/// Field numbers of OpenTelemetry's profiles (opentelemetry-proto, `profiles/v1development`, an alpha), and the names of
/// attributes.
enum Otlp {
    enum Data {
        static let resources: UInt64 = 1
        static let dictionary: UInt64 = 2
    }

    /// Of `ResourceProfiles` and `ScopeProfiles` alike: what it is of, then what is in it.
    enum Group {
        static let of: UInt64 = 1
        static let entries: UInt64 = 2
    }

    enum Dictionary {
        static let mappings: UInt64 = 1
        static let locations: UInt64 = 2
        static let functions: UInt64 = 3
        static let links: UInt64 = 4
        static let texts: UInt64 = 5
        static let attributes: UInt64 = 6
        static let stacks: UInt64 = 7
    }

    enum Profile {
        static let sampleType: UInt64 = 1
        static let samples: UInt64 = 2
        static let duration: UInt64 = 4
        static let periodType: UInt64 = 5
        static let period: UInt64 = 6
        static let attributes: UInt64 = 11
    }

    enum Sample {
        static let stack: UInt64 = 1
        static let attributes: UInt64 = 2
        static let values: UInt64 = 4
        static let instants: UInt64 = 5
    }

    enum Value {
        static let text: UInt64 = 1
        static let truth: UInt64 = 2
        static let integer: UInt64 = 3
        static let list: UInt64 = 5
        static let textIndex: UInt64 = 8
    }

    /// The attribute of a profile that has the lines of `PprofComments`, as a list of texts.
    static let comments = "swprof.comments"
}

extension Pprof.LabelKey {
    /// The attribute of a sample that says the same: OpenTelemetry's own name where it has one. An instant is a timestamp, counted from
    /// the profile's beginning.
    var attribute: String {
        switch self {
        case .thread: "thread.id"
        case .threadName: "thread.name"
        case .process: "process.pid"
        case .processName: "process.executable.name"
        default: "swprof.\(rawValue)"
        }
    }
}
