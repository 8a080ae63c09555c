import CPython
import Capture
import Glibc

/// The threads of a tracer and what the log is told of them: what all tracing designs share.
final class TracedThreads {
    typealias Reference = UnsafeMutablePointer<TracedThread>

    let log: LogWriter
    let keptCode = KeptCode()
    private let source: TickSource
    private let takesEvents: Bool
    private let functions: CalledFunctions
    private var traced: [Reference] = []
    /// The kernel's numbers of those that have ended since the watch looked last.
    private var ended: Set<Int32> = []
    private var writers: [CallCountsWriter] = []
    private var threadsMade: UInt32 = 0
    private(set) var writer: BackgroundThread?
    /// Used by the writing thread alone.
    private var processWatch: ProcessWatch
    /// Set when all is charged that ever will be.
    private var isEnded = false
    /// Held where the list of threads changes or is read from the writing thread.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    /// What is told can be this old when a program is killed, in nanoseconds, and at first this part of the run.
    private static let writeEvery: Int64 = 100_000_000
    private static let firstWrite: Int64 = 2_000_000
    private static let partOfRun = 0.25

    /// - Parameter events: whether every event goes into the log, and not counts alone.
    init(log: LogWriter, clock: SessionSettings.Clock, events: Bool, watch: ProcessWatch) {
        self.log = log
        takesEvents = events
        processWatch = watch
        source = clock == .wall ? .wall : .threadCPU
        functions = CalledFunctions(log: log, keptCode: keptCode)
        pthread_mutex_init(mutex, nil)
        keptCode.onForgetting { [unowned(unsafe) self] codes in
            pthread_mutex_lock(mutex)
            for thread in traced { thread.pointee.tree.retire(codes) }
            pthread_mutex_unlock(mutex)
        }
    }

    /// From now on counts are written from time to time.
    func begin() {
        log.append(.clock(.now(source == .threadCPU ? .monotonic : source)))
        processWatch.begin(now: KernelClock.now())
        let stop = StopSignal()
        writer = BackgroundThread(until: stop) { [unowned(unsafe) self] in writeFromTimeToTime(until: stop) }
    }

    private func writeFromTimeToTime(until stop: StopSignal) {
        watch()
        let begin = KernelClock.now()
        while !stop.isRaised {
            let now = KernelClock.now()
            let pause = Int64(Self.partOfRun * Double(now - begin))
            stop.wait(until: now + max(Self.firstWrite, min(Self.writeEvery, pause)))
            if !stop.isRaised { writeCounts() }
            watch(isLast: stop.isRaised)
        }
    }

    /// Tells of what is not traced.
    private func watch(isLast: Bool = false) {
        let now = KernelClock.now()
        guard processWatch.isDue(now: now, isLast: isLast) else { return }
        pthread_mutex_lock(mutex)
        let (traced, ended) = (Set(traced.map { $0.pointee.id }), ended)
        self.ended = []
        pthread_mutex_unlock(mutex)
        processWatch.look(now: now, ended: ended) { traced.contains($0) }
    }

    /// Writes the last counts. Called with the GIL, when no hook is called any more.
    func end() {
        let ended = KernelClock.now()
        closeAll()
        pthread_mutex_lock(mutex)
        isEnded = true
        for thread in traced { thread.pointee.tree.writeEvents() }
        pthread_mutex_unlock(mutex)
        let writer = writer
        let saved = PyEval_SaveThread()
        writer?.stopAndWait()
        PyEval_RestoreThread(saved)
        writeCounts()
        giveBack(Set(traced.map { $0.pointee.index }))
        log.append(.end(ended))
        keptCode.giveBackAll()
    }

    /// In a forked child, which has none of our threads.
    func abandon() {
        for thread in traced { thread.pointee.isClosed = true }
    }

    /// Nothing that happens from now on is of the program.
    func closeAll() {
        pthread_mutex_lock(mutex)
        for thread in traced where !thread.pointee.isClosed {
            chargeToTheEnd(thread)
            thread.pointee.isClosed = true
        }
        pthread_mutex_unlock(mutex)
    }

    /// What we do from now on is no part of the program.
    private func chargeToTheEnd(_ thread: Reference) {
        let id = thread.pointee.id
        guard let now = now(id: id, cpu: id == 0 ? nil : KernelClock.cpu(ofThread: id)) else { return }
        thread.pointee.tree.charge(until: now)
    }

    /// - Parameter state: the thread's. The CPU clock of another thread than the calling one cannot be read here, so
    ///   that one's time begins with its first event.
    func make(for state: OpaquePointer?) -> Reference {
        let isReadable = source != .threadCPU || state == PyThreadState_Get()
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let index = threadsMade
        threadsMade += 1
        let thread = Reference.allocate(capacity: 1)
        let events = takesEvents ? CallEvents.make(log: log, source: source, thread: index) : nil
        let tree = CallTree(now: isReadable ? source.read() : nil, events: events)
        thread.initialize(
            to: TracedThread(
                tree: tree, source: source, index: index, state: PyThreadState_GetID(state), all: self))
        writers.append(CallCountsWriter(log: log, thread: index))
        traced.append(thread)
        return thread
    }

    /// Calls that were open when tracing began are on the path, but not counted.
    ///
    /// - Parameter frame: the innermost; a reference that is given back here.
    /// - Parameter first: the frame whose call is counted after all, for it is just being entered.
    /// - Parameter withLines: whether each is put at its line.
    /// - Parameter isTraced: whether a code object is; all are unless told.
    /// - Returns: the frame objects, outermost first. They are not kept.
    @discardableResult
    func resumeOpenCalls(
        of thread: Reference, from frame: OpaquePointer?, entering first: OpaquePointer? = nil, withLines: Bool = false,
        isTraced: (UInt) -> Bool = { _ in true }
    ) -> [OpaquePointer] {
        var open: [(frame: OpaquePointer, code: Object)] = []
        var isEntering = false
        var at = frame
        while let current = at {
            if current == first { isEntering = true }
            if let code = PyFrame_GetCode(current) {
                open.append((current, UnsafeMutableRawPointer(code).assumingMemoryBound(to: PyObject.self)))
            }
            at = PyFrame_GetBack(current)
            Py_DecRef(UnsafeMutableRawPointer(current).assumingMemoryBound(to: PyObject.self))
        }
        for (frame, code) in open.reversed() {
            let key = UInt(bitPattern: code)
            if isTraced(key) {
                thread.pointee.tree.resume(key) { node, parent in
                    tell(of: node, below: parent, in: thread, function: key)
                }
                if withLines, frame != first { resumeLine(of: thread, Int(PyFrame_GetLineNumber(frame))) }
            }
            Py_DecRef(code)
        }
        if isEntering { thread.pointee.tree.countEntry() }
        return open.reversed().map { $0.frame }
    }

    private func resumeLine(of thread: Reference, _ line: Int) {
        thread.pointee.tree.resume(line: line) { node, function in tell(ofLine: node, below: function, in: thread) }
    }

    // MARK: What is new

    func tell(ofLine node: CallNode.Reference, below function: CallNode.Reference, in thread: Reference) {
        guard let code = Object(bitPattern: function.pointee.key) else { return }
        tell(of: node, below: function, in: thread, code: functions.id(ofCode: code))
    }

    func tell(of node: CallNode.Reference, below parent: CallNode.Reference, in thread: Reference, function key: UInt) {
        guard let code = Object(bitPattern: key) else { return }
        let id = functions.id(ofCode: code)
        node.pointee.isResumable = functions.isResumable(key)
        tell(of: node, below: parent, in: thread, code: id)
    }

    func tell(
        of node: CallNode.Reference, below parent: CallNode.Reference, in thread: Reference, cFunction: Object,
        key: UInt
    ) {
        let code = functions.id(ofCFunction: cFunction, key: key)
        node.pointee.startsThreads = functions.startsThreads(key)
        tell(of: node, below: parent, in: thread, code: code)
    }

    private func tell(of node: CallNode.Reference, below parent: CallNode.Reference, in thread: Reference, code: UInt32)
    {
        log.append(
            .callNode(
                CallNodeRecord(
                    thread: thread.pointee.index, id: node.pointee.id, parent: parent.pointee.id, code: code,
                    line: node.pointee.line)))
    }

    // MARK: What was counted

    private func writeCounts() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var ended: Set<UInt32> = []
        for (at, thread) in traced.enumerated() where !writeCounts(of: thread, at: at) {
            ended.insert(thread.pointee.index)
        }
        giveBack(ended)
        log.append(.clock(.now(source == .threadCPU ? .monotonic : source)))
    }

    /// A thread that has ended has no event any more. What its hook found it by stays, for the interpreter may have that.
    private func giveBack(_ ended: Set<UInt32>) {
        if ended.isEmpty { return }
        for thread in traced where ended.contains(thread.pointee.index) {
            self.ended.insert(thread.pointee.id)
            thread.pointee.isClosed = true
            thread.pointee.tree.writeEvents()
            thread.pointee.tree.deallocate()
        }
        writers.removeAll { ended.contains($0.thread) }
        traced.removeAll { ended.contains($0.pointee.index) }
    }

    /// - Returns: whether the thread is still there.
    private func writeCounts(of thread: Reference, at: Int) -> Bool {
        let id = thread.pointee.id
        let cpu = id == 0 ? nil : KernelClock.cpu(ofThread: id)
        let isGone = id != 0 && cpu == nil
        thread.pointee.tree.hurryEvents()
        writers[at].write(
            thread.pointee.tree.counts(now: thread.pointee.isClosed || isEnded ? nil : now(id: id, cpu: cpu)),
            isLast: isGone || isEnded)
        if id != 0, !thread.pointee.isTold || isGone || isEnded {
            thread.pointee.isTold = true
            log.append(.thread(ThreadRecord(index: thread.pointee.index, id: id, begin: 0, end: 0, cpu: cpu ?? 0)))
        }
        return !isGone
    }

    /// The time up to which the running function of a thread may be charged; `nil` for a thread that has ended.
    private func now(id: Int32, cpu: Int64?) -> UInt64? {
        switch source {
        case .threadCPU: cpu.map { UInt64($0) }
        case .cycles, .monotonic: id == 0 || cpu != nil ? source.read() : nil
        }
    }
}
