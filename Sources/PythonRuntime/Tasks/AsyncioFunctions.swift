import CPython

/// What the module has for those that run tasks, from 3.11 on. Borrowed from it.
struct AsyncioFunctions {
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
