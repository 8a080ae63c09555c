import ProfileModel

/// A function's qualified name, as `system_name` has it.
///
/// `go tool pprof` takes a name that is its own system name for one that a compiler made, and cuts what stands in angle brackets:
/// nothing would be left of `<module>`. So those begin with a word that is no part of them.
enum PprofSystemName {
    private static let mark = "python:"

    static func text(_ function: Function) -> String {
        let looksMade =
            function.qualname == function.name
            && (function.name.contains { "<>[]".contains($0) } || function.name.contains("::"))
        return looksMade || function.qualname.hasPrefix(mark) ? mark + function.qualname : function.qualname
    }

    static func qualname(_ text: String) -> String { text.hasPrefix(mark) ? String(text.dropFirst(mark.count)) : text }
}

/// Short names for the generated messages of profile.proto.
enum Pprof {
    typealias File = Perftools_Profiles_Profile
    typealias Sample = Perftools_Profiles_Sample
    typealias Label = Perftools_Profiles_Label
    typealias ValueType = Perftools_Profiles_ValueType

    /// Field numbers of the two entries that a file has many of.
    enum Field {
        static let sample: UInt64 = 2
        static let text: UInt64 = 6
    }

    /// What swprof says of a sample beside its values, by the label's key.
    enum LabelKey: String, CaseIterable {
        /// The number of the tick that saw it.
        case tick
        /// When, in nanoseconds since the run began.
        case instant
        /// The kernel's number of the thread.
        case thread
        case threadName = "thread name"
        /// The kernel's number of the process, and its name, where children were followed.
        case process = "pid"
        case processName = "process"
        /// Index of the thread, written where its kernel number had been another thread's before.
        case life
        /// 1 where a periodic schedule moved the tick on purpose.
        case probe
        /// CPython's name of the instruction on top.
        case opcode
        /// The C function that the function on top calls.
        case called
        /// How many ticks in a row saw the thread so; written where it is more than one (see PprofRuns).
        case run
        /// 1 where the thread waited.
        case waiting
        /// 1 where the thread held the interpreter's lock, 0 where it did not.
        case gil
        /// The name of the asyncio task that the thread ran; 1 where that could not be told.
        case task
        /// The node of `swprof.stacks`, written where frames of the stack were left out.
        case stack

        /// The label's unit; with one, a viewer keeps a label that is 0.
        var unit: String {
            switch self {
            case .instant: "nanoseconds"
            case .thread, .process: "id"
            default: rawValue
            }
        }
    }
}
