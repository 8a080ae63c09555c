import CPython
import Capture

/// A task of our own that is the current one of the calling thread for as long as this lives. Used with the GIL only.
final class AsyncioTrial {
    private let functions: AsyncioFunctions
    private let task: Object?
    private let name = PyUnicode_FromString("swprof's trial")
    private let loop: Object?
    /// Whether the thread ran no loop before.
    private let isOwnLoop: Bool
    private var isRunning = false
    private var isEntered = false
    /// The program's task that it is in the place of.
    private var before: Object?

    init?(_ functions: AsyncioFunctions) {
        self.functions = functions
        task = swprof_new_of_type(functions.taskType)
        let running = functions.runningLoop()
        isOwnLoop = running == swprof_borrowed_none()
        // Any object that can be a key stands for a loop.
        loop = isOwnLoop ? PyFloat_FromDouble(0.5) : running
        if isOwnLoop { Py_DecRef(running) }
        guard begin() else { return nil }
    }

    private func begin() -> Bool {
        guard let task, let name, let loop, functions.name(task, name), Self.give(task, loop) else { return false }
        if isOwnLoop {
            guard functions.run(loop) else { return false }
            isRunning = true
        }
        guard takePlace(of: functions.current(of: loop), in: loop) else { return false }
        isEntered = functions.enter(task, of: loop)
        return isEntered
    }

    private func takePlace(of current: Object?, in loop: Object) -> Bool {
        guard let current, current != swprof_borrowed_none(), functions.leave(current, of: loop) else {
            defer { Py_DecRef(current) }
            return current == swprof_borrowed_none()
        }
        before = current
        return true
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
    deinit {
        if let loop {
            if isEntered, let task { _ = functions.leave(task, of: loop) }
            if let before { _ = functions.enter(before, of: loop) }
            if isRunning { _ = functions.run(swprof_borrowed_none()) }
        }
        for object in [task, name, loop, before] { Py_DecRef(object) }
    }

    // MARK: Looking

    /// No thread's state has what is looked for further behind.
    private static let largest = 2048

    /// `nil` where it is not found, or in several places.
    func layout(seenFrom state: UInt) -> AsyncioLayout? {
        guard let task, let name, let loop, let loopPlace = place(of: loop, inThread: state),
            let taskPlace = place(of: task, of: loop, inThread: state),
            let taskName = Self.place(of: name, from: UInt(bitPattern: task)),
            load(UInt(bitPattern: functions.taskType) &+ UInt(AsyncioLayout.typeBase))
                == UInt(bitPattern: PyType_GetSlot(swprof_type(functions.taskType), Py_tp_base))
        else { return nil }
        return AsyncioLayout(
            loop: loopPlace, task: taskPlace, taskType: UInt(bitPattern: functions.taskType), taskName: taskName,
            none: UInt(bitPattern: swprof_borrowed_none()))
    }

    private func place(of task: Object, of loop: Object, inThread state: UInt) -> AsyncioLayout.Task? {
        if let offset = Self.place(of: task, from: state) { return .inThread(offset) }
        guard let table = functions.currentTasks, swprof_is_dictionary(table) != 0,
            PyDict_GetItem(table, loop) == task
        else { return nil }
        // Kept for good, for it is looked into at any time.
        Py_IncRef(table)
        return .inDictionary(UInt(bitPattern: table))
    }

    private func place(of loop: Object, inThread state: UInt) -> AsyncioLayout.Loop? {
        if let offset = Self.place(of: loop, from: state) { return .inThread(offset) }
        guard let dictionary = PyThreadState_GetDict(), let offset = Self.place(of: dictionary, from: state),
            let key = PyUnicode_InternFromString("__asyncio_running_event_loop__"),
            let value = PyDict_GetItem(dictionary, key)
        else { return nil }
        let holder = value == loop ? nil : Self.place(of: loop, from: UInt(bitPattern: value))
        guard value == loop || holder != nil else { return nil }
        return .inDictionary(offset, key: UInt(bitPattern: key), holder: holder)
    }

    /// How far from an address the pointer to an object is, where there is one of them.
    private static func place(of object: Object, from address: UInt) -> Int? {
        let memory = GuardedMemory()
        var found: Int?
        for offset in stride(from: 16, to: largest, by: 8) {
            guard let word = memory.word(at: address &+ UInt(offset)) else { break }
            if word != UInt(bitPattern: object) { continue }
            if found != nil { return nil }
            found = offset
        }
        return found
    }

    /// Whether the trial's name is found, by a thread that has the GIL and by one that has not.
    func isRead(by walk: FrameWalk, _ layout: AsyncioLayout, _ state: UInt) -> Bool {
        let note = TaskNote.allocate()
        defer { note.deallocate() }
        return withUnsafePointer(to: layout) { layout in
            [true, false].allSatisfy { isHeld in
                walk.noteTask(of: state, layout, isHeld: isHeld, in: note)
                return note.name == text(name)
            }
        }
    }
}
