import CPython
import Capture

/// Finds out where asyncio keeps the running task, as soon as the program has imported it.
///
/// No header tells that, so the interpreter is asked: a task without a coroutine, which nobody else sees, is made the current
/// one for a moment by the module's own functions, and looked for where it can be. Then it must be read as any other will be.
/// Used with the GIL only; no Python code runs.
enum AsyncioDiscovery {
    nonisolated(unsafe) private static var isSettled = false
    nonisolated(unsafe) private static var trials = 0
    /// While asyncio is being imported it may not have all yet; a trial that fails again and again is of another asyncio.
    private static let mostTrials = 100

    /// Looks for asyncio now, or when the program imports it: what it imports next comes before its first task.
    static func begin() {
        AuditWatch.shared.end()
        settle()
        if !isSettled { AuditWatch.shared.begin("import", settle) }
    }

    static func end() { AuditWatch.shared.end() }

    private static func settle() {
        if !isSettled { isSettled = find() }
    }

    /// Whether nothing is left to find.
    private static func find() -> Bool {
        guard let module = PyDict_GetItemString(PyImport_GetModuleDict(), "_asyncio"),
            let walk = FrameWalk.ofRunningInterpreter(), let state = PyThreadState_Get()
        else { return false }
        let collects = PyGC_Disable()
        defer {
            if collects != 0 { PyGC_Enable() }
            PyErr_Clear()
        }
        guard let functions = AsyncioFunctions(of: module), let trial = AsyncioTrial(functions) else { return false }
        defer { trial.end() }
        trials += 1
        guard let layout = trial.layout(seenFrom: UInt(bitPattern: state)), trial.isRead(by: walk, layout, state)
        else { return trials >= mostTrials }
        AsyncioPlace.shared.publish(layout)
        return true
    }
}

/// What the module has for those that run tasks, from 3.11 on. Borrowed from it.
private struct AsyncioFunctions {
    let taskType: Object
    /// By loop; up to 3.13.
    let currentTasks: Object?
    private let getLoop: Object
    private let setLoop: Object
    private let enterTask: Object
    private let leaveTask: Object
    /// From 3.12 on.
    private let currentTask: Object?

    /// `nil` where it has not got them yet.
    init?(of module: Object) {
        guard let names = PyModule_GetDict(module) else { return nil }
        guard let taskType = PyDict_GetItemString(names, "Task"), swprof_is_type(taskType) != 0,
            let getLoop = PyDict_GetItemString(names, "_get_running_loop"),
            let setLoop = PyDict_GetItemString(names, "_set_running_loop"),
            let enterTask = PyDict_GetItemString(names, "_enter_task"),
            let leaveTask = PyDict_GetItemString(names, "_leave_task")
        else { return nil }
        (self.taskType, self.getLoop, self.setLoop) = (taskType, getLoop, setLoop)
        (self.enterTask, self.leaveTask) = (enterTask, leaveTask)
        currentTasks = PyDict_GetItemString(names, "_current_tasks")
        currentTask = PyDict_GetItemString(names, "current_task")
    }

    /// A new reference.
    func runningLoop() -> Object? { call(getLoop) }

    /// A new reference to the task that a loop runs, or to None.
    func current(of loop: Object) -> Object? {
        guard let currentTasks else { return currentTask.flatMap { call($0, loop) } }
        let task = PyDict_GetItem(currentTasks, loop) ?? swprof_borrowed_none()
        Py_IncRef(task)
        return task
    }

    func run(_ loop: Object) -> Bool { isDone(call(setLoop, loop)) }
    func enter(_ task: Object, of loop: Object) -> Bool { isDone(call(enterTask, loop, task)) }
    func leave(_ task: Object, of loop: Object) -> Bool { isDone(call(leaveTask, loop, task)) }

    func name(_ task: Object, _ name: Object) -> Bool {
        guard let method = PyObject_GetAttrString(task, "set_name") else { return false }
        defer { Py_DecRef(method) }
        return isDone(call(method, name))
    }

    private func isDone(_ result: Object?) -> Bool {
        Py_DecRef(result)
        if result == nil { PyErr_Clear() }
        return result != nil
    }

    private func call(_ function: Object, _ arguments: Object...) -> Object? {
        guard let tuple = PyTuple_New(arguments.count) else { return nil }
        defer { Py_DecRef(tuple) }
        for (at, argument) in arguments.enumerated() {
            Py_IncRef(argument)
            PyTuple_SetItem(tuple, at, argument)
        }
        return PyObject_CallObject(function, tuple)
    }
}

/// A task that is the current one of this thread for a moment.
private struct AsyncioTrial {
    private let functions: AsyncioFunctions
    private let task: Object
    private let name: Object
    private let loop: Object
    /// Whether the thread ran none before.
    private let isOwnLoop: Bool
    /// The task that it is in the place of.
    private let before: Object?

    init?(_ functions: AsyncioFunctions) {
        guard let task = swprof_new_of_type(functions.taskType), let name = PyUnicode_FromString("swprof's trial"),
            functions.name(task, name), let running = functions.runningLoop()
        else { return nil }
        isOwnLoop = running == swprof_borrowed_none()
        // Any object that can be a key stands for a loop.
        guard let loop = isOwnLoop ? PyFloat_FromDouble(0.5) : running else { return nil }
        (self.functions, self.task, self.name, self.loop) = (functions, task, name, loop)
        guard Self.give(task, loop), !isOwnLoop || functions.run(loop) else { return nil }
        let current = functions.current(of: loop)
        before = current == swprof_borrowed_none() ? nil : current
        if let before, !functions.leave(before, of: loop) { return nil }
        guard functions.enter(task, of: loop) else {
            restore()
            return nil
        }
    }

    /// A task that was never set up has no loop.
    private static func give(_ task: Object, _ loop: Object) -> Bool {
        let place = UInt(bitPattern: task) &+ UInt(AsyncioLayout.taskLoop)
        guard load(place) == 0, let field = UnsafeMutablePointer<UInt>(bitPattern: place) else { return false }
        Py_IncRef(loop)
        field.pointee = UInt(bitPattern: loop)
        let told = PyObject_GetAttrString(task, "_loop")
        defer { Py_DecRef(told) }
        return told == loop
    }

    /// Leaves all as it was.
    func end() {
        _ = functions.leave(task, of: loop)
        restore()
        for object in [task, name, loop, before] { Py_DecRef(object) }
    }

    private func restore() {
        if let before { _ = functions.enter(before, of: loop) }
        if isOwnLoop { _ = functions.run(swprof_borrowed_none()) }
    }

    func layout(seenFrom state: UInt) -> AsyncioLayout? {
        guard let loop = loopPlace(in: state), let taskName = place(of: name, from: UInt(bitPattern: task)),
            let current = taskPlace(in: state),
            load(UInt(bitPattern: functions.taskType) &+ UInt(AsyncioLayout.typeBase))
                == UInt(bitPattern: PyType_GetSlot(swprof_type(functions.taskType), Py_tp_base))
        else { return nil }
        return AsyncioLayout(
            loop: loop, task: current, taskType: UInt(bitPattern: functions.taskType), taskName: taskName,
            none: UInt(bitPattern: swprof_borrowed_none()))
    }

    private func taskPlace(in state: UInt) -> AsyncioLayout.Task? {
        if let offset = place(of: task, from: state) { return .inThread(offset) }
        // The tasks' table is the module's; it is never looked into without a reference of ours to it.
        guard let table = functions.currentTasks, swprof_is_dictionary(table) != 0,
            PyDict_GetItem(table, loop) == task
        else { return nil }
        Py_IncRef(table)
        return .inDictionary(UInt(bitPattern: table))
    }

    private func loopPlace(in state: UInt) -> AsyncioLayout.Loop? {
        if let offset = place(of: loop, from: state) { return .inThread(offset) }
        guard let dictionary = PyThreadState_GetDict(), let offset = place(of: dictionary, from: state),
            let key = PyUnicode_InternFromString("__asyncio_running_event_loop__"),
            let value = PyDict_GetItem(dictionary, key)
        else { return nil }
        let holder = value == loop ? nil : place(of: loop, from: UInt(bitPattern: value))
        guard value == loop || holder != nil else { return nil }
        return .inDictionary(offset, key: UInt(bitPattern: key), holder: holder)
    }

    /// How far from an address the pointer to an object is, where there is one of them.
    private func place(of object: Object, from address: UInt) -> Int? {
        let memory = GuardedMemory()
        var found: Int?
        for offset in stride(from: 16, to: Self.largest, by: 8) {
            guard let word = memory.word(at: address &+ UInt(offset)) else { break }
            if word != UInt(bitPattern: object) { continue }
            if found != nil { return nil }
            found = offset
        }
        return found
    }

    /// No thread's state has what is looked for further behind.
    private static let largest = 2048

    /// Whether the trial's name is found, by a thread that has the GIL and by one that has not.
    func isRead(by walk: FrameWalk, _ layout: AsyncioLayout, _ state: OpaquePointer) -> Bool {
        let note = TaskNote.allocate()
        defer { note.deallocate() }
        return withUnsafePointer(to: layout) { layout in
            [true, false].allSatisfy { isHeld in
                walk.noteTask(of: UInt(bitPattern: state), layout, isHeld: isHeld, in: note)
                return note.name == text(name)
            }
        }
    }
}
