import CPython
import Capture
import Glibc

/// The design `setprofile`: the interpreter calls back at every call and return.
final class SetProfileDesign {
    private let log: LogWriter
    private let source: TickSource
    private let functions: CalledFunctions
    private var threads: [UInt64: UnsafeMutablePointer<TracedThread>] = [:]
    private var traced: [UnsafeMutablePointer<TracedThread>] = []
    private var writers: [CallCountsWriter] = []
    private var dead: Set<UInt32> = []
    private var writer: BackgroundThread?
    /// Set when all is charged that ever will be.
    private var isEnded = false
    private let interpreter = PyInterpreterState_Get()
    private let codePath = CodePath.ofRunningInterpreter()
    /// Whether a hook that is being set is our own.
    private var isSettingHook = false
    /// Held where the list of threads changes or is read from the writing thread.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    /// What is told can be this old when a program is killed, in nanoseconds.
    private static let writeEvery: Int64 = 100_000_000

    init(log: LogWriter, clock: SessionSettings.Clock) {
        self.log = log
        source = clock == .wall ? .wall : .threadCPU
        functions = CalledFunctions(log: log)
        pthread_mutex_init(mutex, nil)
        ProfileFunctionWatch.shared.begin { [unowned(unsafe) self] in programTookTheHook() }
    }

    /// Hooks every thread that is there.
    ///
    /// - Parameter firstFrame: the frame that is just being entered; its call is counted.
    func begin(_ firstFrame: OpaquePointer?) {
        log.append(.clock(.now(source == .threadCPU ? .monotonic : source)))
        followThreads(entering: firstFrame)
        let stop = StopSignal()
        writer = BackgroundThread(until: stop) { [unowned(unsafe) self] in writeFromTimeToTime(until: stop) }
    }

    private func writeFromTimeToTime(until stop: StopSignal) {
        while !stop.isRaised {
            stop.wait(until: KernelClock.now() + Self.writeEvery)
            if !stop.isRaised { writeCounts() }
        }
    }

    /// Takes all hooks away and writes the last counts. Called with the GIL.
    func end() {
        ProfileFunctionWatch.shared.end()
        forEachThreadState { state in
            guard threads[PyThreadState_GetID(state)]?.pointee.isReplaced == false else { return }
            setHook(nil, nil)
        }
        let ended = KernelClock.now()
        isEnded = true
        for thread in traced where !thread.pointee.isReplaced { chargeToTheEnd(thread) }
        let writer = writer
        let saved = PyEval_SaveThread()
        writer?.stopAndWait()
        PyEval_RestoreThread(saved)
        writeCounts()
        log.append(.end(ended))
    }

    /// What we do from now on is no part of the program.
    private func chargeToTheEnd(_ thread: UnsafeMutablePointer<TracedThread>) {
        let id = thread.pointee.id
        guard let now = now(id: id, cpu: id == 0 ? nil : KernelClock.cpu(ofThread: id)) else { return }
        thread.pointee.tree.charge(until: now)
    }

    /// In a forked child, which has none of our threads: the hooks go at their next event.
    func abandon() {
        for thread in threads.values { thread.pointee.isAbandoned = true }
    }

    /// Hooks the threads that are new. Called with the GIL.
    func followThreads(entering firstFrame: OpaquePointer? = nil) {
        forEachThreadState { state in
            let id = PyThreadState_GetID(state)
            guard threads[id] == nil else { return }
            let thread = makeThread()
            threads[id] = thread
            resumeOpenCalls(of: thread, from: PyThreadState_GetFrame(state), entering: firstFrame)
            let capsule = PyCapsule_New(UnsafeMutableRawPointer(thread), nil, nil)
            setHook(onEvent, capsule)
            Py_DecRef(capsule)
        }
    }

    private func setHook(_ hook: swprof_tracefunc?, _ object: Object?) {
        isSettingHook = true
        PyEval_SetProfile(hook, object)
        isSettingHook = false
    }

    /// Calls `body` with each thread's state in the place of the calling thread's.
    private func forEachThreadState(_ body: (OpaquePointer) -> Void) {
        let own = PyThreadState_Get()
        var at = PyInterpreterState_ThreadHead(interpreter)
        while let state = at {
            at = PyThreadState_Next(state)
            PyThreadState_Swap(state)
            body(state)
        }
        PyThreadState_Swap(own)
    }

    private func makeThread() -> UnsafeMutablePointer<TracedThread> {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let index = UInt32(writers.count)
        let thread = UnsafeMutablePointer<TracedThread>.allocate(capacity: 1)
        thread.initialize(to: TracedThread(
                tree: CallTree(now: source.read()), source: source, codePath: codePath, index: index, tracer: self))
        writers.append(CallCountsWriter(log: log, thread: index))
        traced.append(thread)
        return thread
    }
    /// Calls that were open when tracing began are on the path, but not counted.
    private func resumeOpenCalls(of thread: UnsafeMutablePointer<TracedThread>, from frame: OpaquePointer?, entering first: OpaquePointer?) {
        var codes: [Object] = []
        var isEntering = false
        var at = frame
        while let current = at {
            if current == first { isEntering = true }
            if let code = PyFrame_GetCode(current) { codes.append(UnsafeMutableRawPointer(code).assumingMemoryBound(to: PyObject.self)) }
            at = PyFrame_GetBack(current)
            Py_DecRef(UnsafeMutableRawPointer(current).assumingMemoryBound(to: PyObject.self))
        }
        for code in codes.reversed() {
            let key = UInt(bitPattern: code)
            thread.pointee.tree.resume(key) { node, parent in tell(of: node, below: parent, in: thread, function: key) }
            Py_DecRef(code)
        }
        if isEntering { thread.pointee.tree.countEntry() }
    }

    // MARK: What is new

    func tell(of node: CallNode.Reference, below parent: CallNode.Reference, in thread: UnsafeMutablePointer<TracedThread>, function key: UInt) {
        guard let code = Object(bitPattern: key) else { return }
        tell(of: node, below: parent, in: thread, code: functions.id(ofCode: code))
    }

    func tell(of node: CallNode.Reference, below parent: CallNode.Reference, in thread: UnsafeMutablePointer<TracedThread>, cFunction: Object, key: UInt) {
        let code = functions.id(ofCFunction: cFunction, key: key)
        node.pointee.startsThreads = functions.startsThreads(key)
        tell(of: node, below: parent, in: thread, code: code)
    }

    private func tell(of node: CallNode.Reference, below parent: CallNode.Reference, in thread: UnsafeMutablePointer<TracedThread>, code: UInt32) {
        log.append(.callNode(CallNodeRecord(thread: thread.pointee.index, id: node.pointee.id, parent: parent.pointee.id, code: code)))
    }

    // MARK: What was counted

    private func writeCounts() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        for (at, thread) in traced.enumerated() where !dead.contains(thread.pointee.index) { writeCounts(of: thread, at: at) }
        log.append(.clock(.now(source == .threadCPU ? .monotonic : source)))
    }

    private func writeCounts(of thread: UnsafeMutablePointer<TracedThread>, at: Int) {
        let id = thread.pointee.id
        let cpu = id == 0 ? nil : KernelClock.cpu(ofThread: id)
        writers[at].write(thread.pointee.tree.counts(now: thread.pointee.isReplaced || isEnded ? nil : now(id: id, cpu: cpu)))
        guard id != 0 else { return }
        if cpu == nil { dead.insert(thread.pointee.index) }
        log.append(.thread(ThreadRecord(index: thread.pointee.index, id: id, begin: 0, end: 0, cpu: cpu ?? 0)))
    }

    /// The time up to which the running function of a thread may be charged; `nil` for a thread that has ended.
    private func now(id: Int32, cpu: Int64?) -> UInt64? {
        switch source {
        case .threadCPU: cpu.map { UInt64($0) }
        case .cycles, .monotonic: id == 0 || cpu != nil ? source.read() : nil
        }
    }

    /// The program set a profile function of its own on the calling thread, so ours is not called any more.
    private func programTookTheHook() {
        guard !isSettingHook, let thread = threads[PyThreadState_GetID(PyThreadState_Get())], !thread.pointee.isReplaced else { return }
        thread.pointee.tree.charge(until: source.read())
        thread.pointee.isReplaced = true
        let name = thread.pointee.index == 0 ? "the main thread" : "thread \(thread.pointee.id)"
        log.append(.note(code: "profile-function-replaced", text: "the program set its own profile function on \(name); its later calls there are not counted"))
    }
}
