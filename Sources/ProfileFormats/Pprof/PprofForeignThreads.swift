import ProfileModel

/// What samples' labels say of their threads and tasks: tools name the labels in many ways.
struct PprofForeignThreads {
    private(set) var lives: [ThreadLife] = []
    private var known: [Thread: Int] = [:]

    private struct Thread: Hashable {
        var process = ""
        /// The kernel's number where the file tells it, else the tool's.
        var number: Int64?
        var name = ""
    }

    /// The index of the thread that the labels name.
    mutating func index(of labels: [Pprof.Label], in file: PprofFile) throws(FormatError) -> Int {
        let thread = try thread(of: labels, in: file)
        // A thread that has a number is the same under any name.
        var key = thread
        if thread.number != nil { key.name = "" }
        if let known = known[key] {
            if lives[known].name.isEmpty { lives[known].name = Self.title(thread) }
            return known
        }
        known[key] = lives.count
        lives.append(ThreadLife(id: thread.number ?? 0, name: Self.title(thread), nanoseconds: 0))
        return lives.count - 1
    }

    mutating func add(_ nanoseconds: Int64, to thread: Int) { lives[thread].nanoseconds += nanoseconds }

    private func thread(of labels: [Pprof.Label], in file: PprofFile) throws(FormatError) -> Thread {
        var thread = Thread()
        var native: Int64?
        for label in labels {
            let text = try file.text(label.str)
            let number =
                label.str == 0
                ? label.num : Int64(text) ?? Int64(text.hasPrefix("0x") ? String(text.dropFirst(2)) : "", radix: 16)
            switch Self.words(try file.text(label.key)) {
            case "thread native id", "native thread id", "os thread id": native = number
            case "thread id", "tid", "thread":
                thread.number = number
                if number == nil { thread.name = text }
            case "thread name": thread.name = text
            case "process id", "process pid", "pid", "process":
                thread.process = label.str == 0 ? String(label.num) : text
            default: break
            }
        }
        thread.number = native ?? thread.number
        return thread
    }

    /// ddtrace names asyncio's tasks.
    static func task(of labels: [Pprof.Label], in file: PprofFile) throws(FormatError) -> RunningTask? {
        var number: Int64 = 0
        for label in labels {
            switch words(try file.text(label.key)) {
            case "task name" where label.str != 0: return .named(try file.text(label.str))
            case "task id": number = label.num
            default: break
            }
        }
        return number == 0 ? nil : .named("task \(number)")
    }

    private static func title(_ thread: Thread) -> String {
        guard !thread.process.isEmpty else { return thread.name }
        return thread.name.isEmpty ? "process \(thread.process)" : "\(thread.name) (process \(thread.process))"
    }

    /// `Thread ID`, `thread_id` and `thread-id` are the same.
    private static func words(_ key: String) -> String {
        String(key.lowercased().map { $0 == "_" || $0 == "-" || $0 == "." ? " " : $0 })
    }
}
