import Capture
import Glibc

/// What a profiling session in this process is to do.
public struct SessionSettings: Sendable {
    public typealias Clock = DesignFacts.Clock

    public var work = SessionWork.design(.signal)
    public var clock = Clock.wall
    public var schedule = TickSchedule.Kind.jittered
    /// Ticks a second.
    public var rate = 1000.0
    public var seed: UInt64 = 0
    /// The functions that `lines` traces, by name; all where there are none.
    public var functions: [String] = []
    /// Whether a tracer takes every event down with its time.
    public var events = false
    /// Of a design that is written in Python: its file, and the folder that the package `swprof` is imported from.
    public internal(set) var file = ""
    public internal(set) var library = ""
    /// Where the capture log goes.
    public var log = ""
    /// Where the reason goes if the program cannot be profiled as asked.
    public var refusal = ""
    /// The process that `remote` looks at.
    public var process: Int32?
    /// The script that another process is to run.
    public var script = ""
    /// Of a session that another process had begun here: a file on which that one holds a lock as long as it is to go on.
    public var keeper = ""
    /// Whether processes that this one starts are profiled, too.
    public var followsChildren = false
    /// The folder that Python programs are launched from; where it is empty only forks are followed.
    public var folder = ""
    /// Of a child that is followed: the process that started it.
    public internal(set) var parent: Int32?
    var beginning = ProcessIdentity.Beginning()
    /// Of a block within a program, whose log has to tell what `swprof run` knows: the program's words, the frames
    /// beneath the block, outermost first, the folder of the package that profiles it, and the threads that are there
    /// beside it. Handed on as they are.
    public var program = ""
    public var beneath = ""
    public var package = ""
    public var others = ""

    public init() {}

    /// The name of a design that is written in Python; `nil` of all other work.
    public var nameOfWritten: String? { work.written?.name }

    /// Takes one setting that was given as text; the error is one line for the user.
    ///
    /// It is read while the program waits to start, so by nothing that the language would first have to set up.
    public mutating func take(_ key: String, _ value: String) throws(SessionError) {
        let isTaken =
            switch key {
            case "design": Self.assign(SessionWork(name: value), to: &work)
            case "clock": Self.assign(Clock(rawValue: value), to: &clock)
            case "schedule": Self.assign(TickSchedule.Kind(rawValue: value), to: &schedule)
            case "rate": Self.assign(Self.rate(value), to: &rate)
            case "seed": Self.assign(UInt64(value), to: &seed)
            case "functions": Self.assign(value.split(separator: ",").map(String.init), to: &functions)
            case "events": Self.assign(value == "1" ? true : value == "0" ? false : nil, to: &events)
            case "file": Self.assign(value, to: &file)
            case "library": Self.assign(value, to: &library)
            case "instants": Self.assign(work.written(instants: value), to: &work)
            case "kind": Self.assign(work.written(kind: value), to: &work)
            case "log": Self.assign(value, to: &log)
            case "refusal": Self.assign(value, to: &refusal)
            case "process": Self.assign(Int32(value), to: &process)
            case "script": Self.assign(value, to: &script)
            case "keeper": Self.assign(value, to: &keeper)
            case "children": Self.assign(value == "follow" ? true : nil, to: &followsChildren)
            case "folder": Self.assign(value, to: &folder)
            case "name": Self.assign(value, to: &beginning.name)
            case "words": Self.assign(value, to: &beginning.words)
            case "parent": Self.assign(Int32(value), to: &parent)
            case "program": Self.assign(value, to: &program)
            case "beneath": Self.assign(value, to: &beneath)
            case "package": Self.assign(value, to: &package)
            case "others": Self.assign(value, to: &others)
            default: false
            }
        guard isTaken else { throw SessionError("\(key)=\(value) is no setting of swprof") }
    }

    /// A rate that a clock thread can keep; `nil` where the text is none.
    ///
    /// Read as the C library does, for Embedded Swift reads no numbers: with the point that every program
    /// starts with, until it sets a locale.
    private static func rate(_ text: String) -> Double? {
        let value = text.withCString { start -> Double? in
            var end: UnsafeMutablePointer<CChar>?
            let value = strtod(start, &end)
            return end.map { $0 > start && $0.pointee == 0 } == true ? value : nil
        }
        return value.flatMap { $0 > 0 && $0 <= 1e6 ? $0 : nil }
    }

    private static func assign<Value>(_ value: Value?, to field: inout Value?) -> Bool {
        guard let value else { return false }
        field = value
        return true
    }

    private static func assign<Value>(_ value: Value?, to field: inout Value) -> Bool {
        guard let value else { return false }
        field = value
        return true
    }
}

/// Why a session cannot be: one clear line.
public struct SessionError: Error, Sendable {
    public let line: String
    public init(_ line: String) { self.line = line }
}
