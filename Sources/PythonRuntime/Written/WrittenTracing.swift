import CPython
import Capture
import Glibc

/// A tracer in Python at work: its hook calls `enter` and `leave`, which drive the calling thread's call tree.
final class WrittenTracing: TracingDesign {
    private let object: WrittenObject
    /// Whether calls count: not while it starts, and not once it is to stop.
    private var isOpen = false

    /// Whom the functions of its session work for. Used with the GIL only.
    nonisolated(unsafe) private(set) static var current: WrittenTracing?

    init(_ all: TracedThreads, _ object: WrittenObject) {
        self.object = object
        super.init(following: all)
    }

    override func begin() throws(SessionError) {
        Self.current = self
        let state = PyThreadState_Get()
        _ = add(state, from: PyThreadState_GetFrame(state), entering: nil)
        isOpen = true
    }

    override func end() {
        isOpen = false
        Self.current = nil
        all.closeAll()
        guard let problem = object.stop() else { return }
        let text = "the design \(object.name) failed as it stopped: \(problem)"
        all.log.append(.note(code: "design-failed", text: text))
    }

    /// - Parameter frame: the innermost; a reference that is given back here.
    private func add(_ state: OpaquePointer?, from frame: OpaquePointer?, entering first: OpaquePointer?)
        -> UnsafeMutablePointer<WrittenThread>
    {
        let thread = all.make(for: state)
        thread.pointee.id = gettid()
        all.resumeOpenCalls(of: thread, from: frame, entering: first)
        let own = UnsafeMutablePointer<WrittenThread>.allocate(capacity: 1)
        own.initialize(to: WrittenThread(thread: thread, base: thread.pointee.tree.current))
        OwnThread.set(UnsafeMutableRawPointer(own))
        return own
    }

    /// The calling thread; `nil` where nothing counts.
    private func own() -> UnsafeMutablePointer<WrittenThread>? {
        guard isOpen, Session.isTracing(with: self), let own = OwnThread.open else { return nil }
        return own.assumingMemoryBound(to: WrittenThread.self)
    }

    // MARK: Called by the hook, with the GIL

    func enter(_ called: Called) {
        guard let own = own() else { return meet(entering: called) }
        let thread = own.pointee.thread
        let now = thread.pointee.source.read()
        guard !thread.pointee.tree.enterKnown(called.key, now: now) else { return }
        if called.isC { enterC(thread, called.key, called.object, now) } else { enterPython(thread, called.key, now) }
    }

    /// - Parameter key: of what is left; `nil` for what was entered last.
    func leave(_ key: UInt?) {
        guard let own = own() else { return meet(entering: nil) }
        let thread = own.pointee.thread
        let now = thread.pointee.source.read()
        let top = thread.pointee.tree.current
        guard let key else {
            if top != own.pointee.base { thread.pointee.tree.leave(now: now) }
            return
        }
        var at: CallNode.Reference? = top
        while let node = at, node.pointee.key != key { at = node.pointee.parent }
        guard let node = at, let parent = node.pointee.parent else { return }
        var isBaseLeft = false
        while thread.pointee.tree.current != parent {
            if thread.pointee.tree.current == own.pointee.base { isBaseLeft = true }
            thread.pointee.tree.leave(now: now)
        }
        if isBaseLeft { own.pointee.base = parent }
    }

    /// The first that is heard of a thread: what it is in was called before.
    private func meet(entering called: Called?) {
        guard isOpen, Session.isTracing(with: self), let hook = PyEval_GetFrame() else { return }
        let frame = PyFrame_GetBack(hook)
        let isEntered = called.map { $0.key == Self.code(of: frame) } ?? false
        _ = add(PyThreadState_Get(), from: frame, entering: isEntered ? frame : nil)
        if let called, !isEntered { enter(called) }
    }

    private static func code(of frame: OpaquePointer?) -> UInt {
        guard let frame, let code = PyFrame_GetCode(frame) else { return 0 }
        defer { Py_DecRef(UnsafeMutablePointer(code)) }
        return UInt(bitPattern: code)
    }

    /// What a hook says is called: a code object, or a function of C.
    struct Called {
        let object: Object
        let key: UInt
        var isC: Bool { key & CalledFunctions.cFunctionMark != 0 }
    }

    /// - Returns: `nil` for what is neither.
    func called(_ object: Object) -> Called? {
        if load(UInt(bitPattern: object) &+ 8) == self.object.codeType {
            return Called(object: object, key: UInt(bitPattern: object))
        }
        let definition = CFunctions.definition(of: object)
        return definition == 0 ? nil : Called(object: object, key: definition | CalledFunctions.cFunctionMark)
    }
}

/// A thread as the functions find it, behind one pointer (`OwnThread`).
private struct WrittenThread {
    let thread: TracedThreads.Reference
    /// What was open when it was met first, which a `leave` without a word does not leave.
    var base: CallNode.Reference
}
