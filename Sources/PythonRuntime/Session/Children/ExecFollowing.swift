import CPython
import Glibc

/// Profiles Python programs that this one starts, too: what they need for that is in their environment, and only there.
///
/// The functions by which the interpreter starts programs go by way of ours. Each adds to the environment that it is to hand on,
/// be it the process's or one that the program made itself. A child that is profiled takes it out again before its first line runs.
/// Used with the GIL only.
enum ExecFollowing {
    /// Whether this process forks to become another program at once.
    nonisolated(unsafe) static var isForkingToExec = false
    nonisolated(unsafe) private static var isBegun = false

    nonisolated(unsafe) fileprivate static var forkExec: InterpreterFunction?
    nonisolated(unsafe) fileprivate static var execv: InterpreterFunction?
    nonisolated(unsafe) fileprivate static var execve: InterpreterFunction?
    nonisolated(unsafe) fileprivate static var spawn: InterpreterFunction?
    nonisolated(unsafe) fileprivate static var spawnOnPath: InterpreterFunction?
    nonisolated(unsafe) fileprivate static var system: InterpreterFunction?

    /// Done once for all sessions: without one that follows children, the functions do what they do.
    static func begin() {
        if isBegun { return }
        isBegun = true
        forkExec = InterpreterFunction("fork_exec", of: "_posixsubprocess", array: onForkExec, tuple: onForkExecTuple)
        execv = InterpreterFunction("execv", of: "posix", array: onExecv)
        execve = InterpreterFunction("execve", of: "posix", array: onExecve)
        spawn = InterpreterFunction("posix_spawn", of: "posix", array: onSpawn)
        spawnOnPath = InterpreterFunction("posix_spawnp", of: "posix", array: onSpawnOnPath)
        system = InterpreterFunction("system", of: "posix", array: onSystem)
    }

    /// What children are given now.
    fileprivate static var current: ChildLaunch? { (Session.current?.settings).flatMap { ChildLaunch($0) } }
}

/// Where the functions have the environment among their arguments, counted from 0.
private let (placeOfForkExec, placeOfOthers) = (5, 2)

/// Calls with another environment in its place among the arguments; with the process's own changed where none is given there.
private func calling(
    _ function: InterpreterFunction?, _ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int,
    _ names: Object?, place: Int
) -> Object? {
    guard let launch = ExecFollowing.current else { return function?(owner, arguments, count, names) }
    guard let arguments, place < count, let given = arguments[place], given != swprof_immortal_none() else {
        return launch.inEnvironment { function?(owner, arguments, count, names) }
    }
    guard let changed = launch.added(to: given) else { return function?(owner, arguments, count, names) }
    defer { Py_DecRef(changed) }
    // Values of keyword arguments stand behind the others.
    let named = names.map { PyTuple_Size($0) } ?? 0
    return withUnsafeTemporaryAllocation(of: Object?.self, capacity: count + named) { all in
        for at in 0..<count + named { all[at] = at == place ? changed : arguments[at] }
        return function?(owner, all.baseAddress.map { UnsafePointer($0) }, count, names)
    }
}

private func onForkExec(_ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int, _ names: Object?)
    -> Object?
{
    ExecFollowing.isForkingToExec = true
    defer { ExecFollowing.isForkingToExec = false }
    return calling(ExecFollowing.forkExec, owner, arguments, count, nil, place: placeOfForkExec)
}

/// As CPython 3.11 calls it.
private func onForkExecTuple(_ owner: Object?, _ arguments: Object?) -> Object? {
    ExecFollowing.isForkingToExec = true
    defer { ExecFollowing.isForkingToExec = false }
    let function = ExecFollowing.forkExec
    guard let launch = ExecFollowing.current, let arguments, PyTuple_Size(arguments) > placeOfForkExec,
        let given = PyTuple_GetItem(arguments, placeOfForkExec)
    else { return function?(owner, arguments) }
    if given == swprof_immortal_none() { return launch.inEnvironment { function?(owner, arguments) } }
    guard let changed = launch.added(to: given), let all = PyTuple_New(PyTuple_Size(arguments)) else {
        return function?(owner, arguments)
    }
    defer { Py_DecRef(all) }
    for at in 0..<PyTuple_Size(arguments) {
        let item = at == placeOfForkExec ? changed : PyTuple_GetItem(arguments, at)
        if at != placeOfForkExec { Py_IncRef(item) }
        PyTuple_SetItem(all, at, item)
    }
    return function?(owner, all)
}

private func onExecv(_ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int, _ names: Object?) -> Object?
{
    calling(ExecFollowing.execv, owner, arguments, count, nil, place: count)
}

private func onExecve(_ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int, _ names: Object?) -> Object?
{
    calling(ExecFollowing.execve, owner, arguments, count, names, place: placeOfOthers)
}

private func onSpawn(_ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int, _ names: Object?) -> Object?
{
    calling(ExecFollowing.spawn, owner, arguments, count, names, place: placeOfOthers)
}

private func onSpawnOnPath(_ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int, _ names: Object?)
    -> Object?
{
    calling(ExecFollowing.spawnOnPath, owner, arguments, count, names, place: placeOfOthers)
}

private func onSystem(_ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int, _ names: Object?) -> Object?
{
    calling(ExecFollowing.system, owner, arguments, count, names, place: count)
}
