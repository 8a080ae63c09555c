import CPython
import Capture
import Glibc

/// The object of the package (`written.py`) by which a design in Python is called. Used with the GIL only.
///
/// Whatever its user's code raises comes back as one line: no exception of it reaches the program.
public final class WrittenObject {
    let name: String
    let codeType: UInt
    let frameType: UInt
    /// What is raised in a call that lasts.
    let interruption: Object?
    private let object: Object
    private let hasStartOrStop: Bool

    /// The next session's. Used with the GIL only.
    nonisolated(unsafe) private static var offered: Object?

    /// What the next session that wants a design in Python takes.
    public static func offer(_ object: UnsafeMutablePointer<PyObject>?) {
        Py_IncRef(object)
        Py_DecRef(offered)
        offered = object
    }

    /// The object that was offered.
    static func take(_ design: WrittenDesign) throws(SessionError) -> WrittenObject {
        guard let object = offered else { throw SessionError("the design \(design.name) was not loaded") }
        offered = nil
        guard text(object, attribute: "kind") == design.kind.rawValue else {
            throw SessionError("the design \(design.name) has changed meanwhile; start again")
        }
        return WrittenObject(object, name: design.name)
    }

    private init(_ object: Object, name: String) {
        (self.object, self.name) = (object, name)
        codeType = Self.address(object, "code_type")
        frameType = Self.address(object, "frame_type")
        interruption = PyObject_GetAttrString(object, "interruption")
        hasStartOrStop = number(object, attribute: "has_start_or_stop") == 1
    }

    /// Of an attribute that the class keeps.
    private static func address(_ object: Object, _ name: String) -> UInt {
        let value = PyObject_GetAttrString(object, name)
        defer { Py_DecRef(value) }
        return UInt(bitPattern: value)
    }

    /// Calls it as the run begins.
    ///
    /// - Parameter functions: what its session has, in its order.
    func start(_ settings: SessionSettings, _ functions: [Object?]) throws(SessionError) {
        let facts = [
            PyFloat_FromDouble(settings.rate), PyUnicode_FromString(settings.schedule.rawValue),
            PyUnicode_FromString(settings.clock.rawValue),
        ]
        let arguments = [Self.tuple(facts), Self.tuple(functions)]
        guard let problem = limited("start", arguments) else { return }
        throw SessionError("the design \(name) failed as it started: \(problem); correct it there")
    }

    /// Samples until the session's ticks end; what went wrong.
    func run() -> String? { call("run", []) }

    /// Calls it as the run ends.
    func stop() -> String? { limited("stop", []) }

    /// Calls what its user may have written, with an end: it runs on the program's own thread.
    private func limited(_ method: String, _ arguments: [Object?]) -> String? {
        guard hasStartOrStop else { return call(method, arguments) }
        let limit = CallLimit(interruption)
        let problem = call(method, arguments)
        return limit.end() ? "its \(method) did not return within \(CallLimit.seconds) s" : problem
    }

    /// - Parameter arguments: references that are given back here.
    private func call(_ method: String, _ arguments: [Object?]) -> String? {
        let function = PyObject_GetAttrString(object, method)
        let all = Self.tuple(arguments)
        let result = PyObject_CallObject(function, all)
        defer { for object in [function, all, result] { Py_DecRef(object) } }
        guard let result else {
            PyErr_Clear()
            return "it was interrupted"
        }
        return result == swprof_borrowed_none() ? nil : text(result) ?? "it failed"
    }

    /// - Parameter items: references that the tuple takes.
    static func tuple(_ items: [Object?]) -> Object? {
        let tuple = PyTuple_New(items.count)
        for (at, item) in items.enumerated() { PyTuple_SetItem(tuple, at, item) }
        return tuple
    }
}
