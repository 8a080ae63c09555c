import CMachine
import Glibc

/// Holds what a design follows against what the kernel says of the process, so that what it does not follow is a figure:
/// child processes, and threads that never run Python.
///
/// Works on a thread of ours, and looks at `/proc` only where such a thread has descriptors of its own: the program must
/// not see one of ours come and go.
public struct ProcessWatch {
    private struct Other {
        /// CPU time that it had as the run began, and has now.
        var before: Int64
        var cpu: Int64
        /// Whether it was there at an earlier look, too.
        var stays: Bool

        /// A thread of Python is not followed yet, or any more, for a moment; that moment takes hardly any time.
        var isCertain: Bool { stays || cpu - before >= Self.enough }
        private static let enough: Int64 = 1_000_000
    }

    private let log: LogWriter
    private let process: WatchedProcess
    private let forks: () -> Int
    private let onLook: () -> Void
    private var account = AccountRecord()
    private var children: Set<Int32> = []
    /// Threads that are there and are not followed, and the CPU time of those that have ended.
    private var others: [Int32: Other] = [:]
    private var endedCPU: Int64 = 0
    private var othersEnded: Int64 = 0
    /// CPU time of every thread, and of the process, at the last look; none where there are too many.
    private var lastCPU: [Int32: Int64] = [:]
    private var lastProcessCPU: Int64 = 0
    /// Those that were followed once and are still there: a thread outlives its Python by a moment.
    private var known: Set<Int32> = []
    private var lookedAt: Int64?
    private var firstOfTheRest = 0

    /// Between two looks, in nanoseconds.
    private static let every: Int64 = 50_000_000
    /// More threads are not all timed.
    private static let mostTimed = 256
    /// Threads other than the main one whose children are looked at each time.
    private static let mostParents = 8

    /// - Parameters:
    ///   - forks: how often the process has forked by the C library, as far as that is known.
    ///   - onLook: called at each look.
    public init(
        log: LogWriter, process: WatchedProcess = .own, forks: @escaping () -> Int = { 0 },
        onLook: @escaping () -> Void = {}
    ) {
        self.log = log
        self.process = process
        self.forks = forks
        self.onLook = onLook
    }

    /// Tells the log where the books begin, before there is anything else in it that could fill it.
    public mutating func begin(now: Int64) { tell(now: now) }

    /// Whether the last look is long ago.
    ///
    /// - Parameter isLast: whether there will be no other time.
    public func isDue(now: Int64, isLast: Bool = false) -> Bool {
        isLast || lookedAt.map { now - $0 >= Self.every } ?? true
    }

    /// Looks, and tells the log.
    ///
    /// - Parameters:
    ///   - follows: whether the design follows a thread, by the kernel's number.
    ///   - ended: those that it followed and that have ended since the last look.
    public mutating func look(now: Int64, ended: Set<Int32> = [], follows: (Int32) -> Bool) {
        let passed = lookedAt.map { now - $0 }
        lookedAt = now
        onLook()
        if BackgroundThread.hasOwnFiles {
            let tasks = Directory.numbers(in: process.folder + "/task")
            noteOthers(tasks, passed: passed, ended, follows)
            noteChildren(of: tasks)
        }
        tell(now: now)
    }

    private mutating func tell(now: Int64) {
        account.instant = now
        account.cpu = process.cpu() ?? account.cpu
        account.childrenCPU = process.childrenCPU() ?? account.childrenCPU
        account.ownCPU = process.ownCPU()
        account.children = Int64(max(children.count, forks()))
        let certain = others.values.filter { $0.isCertain }
        account.others = othersEnded + Int64(certain.count)
        account.othersCPU = certain.reduce(endedCPU) { $0 + $1.cpu - $1.before }
        log.append(.account(account))
    }

    /// - Parameter passed: since the last look; `nil` at the first.
    private mutating func noteOthers(
        _ tasks: [Int32], passed: Int64?, _ ended: Set<Int32>, _ follows: (Int32) -> Bool
    ) {
        let own = machine_own_thread()
        var present: [Int32: Other] = [:]
        var stillKnown: Set<Int32> = []
        for task in tasks where task != own {
            if follows(task) || known.contains(task) || ended.contains(task) {
                stillKnown.insert(task)
            } else if let cpu = process.cpu(ofThread: task) {
                let before = others[task]?.before ?? (passed == nil ? cpu : 0)
                present[task] = Other(before: before, cpu: cpu, stays: passed == nil || others[task] != nil)
            }
        }
        let gone = others.filter { id, other in
            present[id] == nil && !stillKnown.contains(id) && !ended.contains(id) && other.isCertain
        }
        othersEnded += Int64(gone.count)
        for other in gone.values { endedCPU += other.cpu - other.before }
        others = present
        known = stillKnown
        noteLastMoments(of: gone, tasks, passed: passed ?? 0, isAlone: ended.isEmpty)
    }

    /// A thread that has ended ran on after the last look: what the process's clock says, and no thread's that is there. It can have
    /// run no longer than has passed.
    ///
    /// - Parameter isAlone: whether no other thread has ended meanwhile that may have run, too.
    private mutating func noteLastMoments(of ended: [Int32: Other], _ tasks: [Int32], passed: Int64, isAlone: Bool) {
        let all = process.cpu() ?? lastProcessCPU
        var now: [Int32: Int64] = [:]
        if tasks.count <= Self.mostTimed { for task in tasks { now[task] = process.cpu(ofThread: task) } }
        let gone = lastCPU.keys.filter { now[$0] == nil }
        if isAlone, !ended.isEmpty, !now.isEmpty, gone.allSatisfy({ ended[$0] != nil }) {
            let seen = now.reduce(Int64(0)) { $0 + $1.value - (lastCPU[$1.key] ?? 0) }
            endedCPU += min(Int64(ended.count) * passed, max(0, all - lastProcessCPU - seen))
        }
        (lastCPU, lastProcessCPU) = (now, all)
    }

    /// Each thread has a list of the children that it made; of many threads some are asked in turn.
    private mutating func noteChildren(of tasks: [Int32]) {
        for child in Directory.numbers(inFile: process.folder + "/task/\(process.id)/children") {
            children.insert(child)
        }
        guard tasks.count > 1 else { return }
        for step in 0..<min(Self.mostParents, tasks.count) {
            let task = tasks[(firstOfTheRest + step) % tasks.count]
            for child in Directory.numbers(inFile: process.folder + "/task/\(task)/children") { children.insert(child) }
        }
        firstOfTheRest = (firstOfTheRest + Self.mostParents) % tasks.count
    }
}

/// Numbers that the kernel tells by files.
enum Directory {
    /// The names in a folder that are numbers.
    static func numbers(in folder: String) -> [Int32] {
        guard let entries = opendir(folder) else { return [] }
        defer { closedir(entries) }
        var numbers: [Int32] = []
        while let entry = readdir(entries) {
            let number = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { strtol($0, nil, 10) }
            }
            if number > 0 { numbers.append(Int32(truncatingIfNeeded: number)) }
        }
        return numbers
    }

    /// The numbers in a file, with blanks between them; as many as fit into a page.
    static func numbers(inFile path: String) -> [Int32] {
        let file = machine_open(path, O_RDONLY)
        guard file >= 0 else { return [] }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4097) { text in
            let count = read(file, text.baseAddress, 4096)
            guard count > 0, let start = text.baseAddress else { return [] }
            start[count] = 0
            return numbers(in: start)
        }
    }

    private static func numbers(in text: UnsafeMutablePointer<CChar>) -> [Int32] {
        var numbers: [Int32] = []
        var at: UnsafeMutablePointer<CChar>? = text
        while let from = at {
            let number = strtol(from, &at, 10)
            if at == from || number <= 0 { break }
            numbers.append(Int32(truncatingIfNeeded: number))
        }
        return numbers
    }
}
