import ProfileModel

/// One stack of each thread of a process: the JSON object of `swprof dump` (`swprof.dump/1`).
public struct ProcessDump: Encodable, Sendable, Equatable {
    public var schema = "swprof.dump/1"
    public var process: Int
    public var python: String
    /// What the process was started with.
    public var program: [String]
    public var threads: [Thread]

    public struct Thread: Encodable, Sendable, Equatable {
        /// The kernel's number and name of it.
        public var id: Int64
        @ExplicitNull public var name: String?
        /// Whether it runs, or would if others did not have the processors; null where its stack was never whole.
        @ExplicitNull public var running: Bool?
        /// The C function that the innermost frame calls; null where it calls none, or it is not known.
        @ExplicitNull public var calling: String?
        /// Innermost first; null where no stack was seen that did not change while it was read.
        @ExplicitNull public var frames: [Frame]?
    }

    public struct Frame: Encodable, Sendable, Equatable {
        public var name: String
        public var qualname: String
        @ExplicitNull public var file: String?
        /// Null where it is not known.
        @ExplicitNull public var line: Int?
    }

    /// - Parameters:
    ///   - profile: of one tick.
    ///   - name: what the kernel calls a thread.
    public init(_ profile: Profile, process: Int, program: [String], name: (Int64) -> String?) {
        self.process = process
        self.program = program
        python = profile.python
        let samples = Dictionary(profile.samples.map { ($0.thread, $0) }) { first, _ in first }
        threads = profile.threads.enumerated().map { at, thread in
            Thread(
                id: thread.id, name: name(thread.id), running: samples[at].map { !$0.isWaiting },
                calling: samples[at]?.called,
                frames: samples[at].map { profile.stacks.frames(of: $0.stack).map { Frame(profile, $0) } })
        }
    }
}

extension ProcessDump.Frame {
    fileprivate init(_ profile: Profile, _ location: LocationID) {
        let function = profile.function(at: location)
        let line = profile.locations[location.index].line
        self.init(
            name: function.name, qualname: function.qualname, file: function.file, line: line > 0 ? line : nil)
    }
}
