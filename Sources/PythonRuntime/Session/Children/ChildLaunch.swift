import CPython
import Glibc

/// What a Python program needs in its environment to be profiled as a child of this process.
struct ChildLaunch {
    private let folder: String
    private let settings: String

    /// `nil` where children are not followed, or their logs have no place any more.
    init?(_ settings: SessionSettings) {
        guard settings.followsChildren, !settings.folder.isEmpty, access(settings.folder, W_OK | X_OK) == 0 else {
            return nil
        }
        (folder, self.settings) = (settings.folder, settings.forLaunching)
    }

    private static let (path, pathBefore, launch) = ("PYTHONPATH", "SWPROF_PYTHONPATH", "SWPROF_LAUNCH")

    /// The variables' values; `nil` for one that is not to be there.
    ///
    /// - Parameter before: the `PYTHONPATH` that the child would have.
    private func values(before: String?) -> [(name: String, value: String?)] {
        // An empty part would stand for the current folder, which an empty whole does not.
        let path = before.map { $0.isEmpty ? folder : folder + ":" + $0 } ?? folder
        return [(Self.path, path), (Self.pathBefore, before), (Self.launch, settings)]
    }

    /// Calls `body` with the variables in the process's own environment, as C sees it: `os.environ` is another.
    func inEnvironment<Result>(_ body: () -> Result) -> Result {
        let added = values(before: Self.variable(Self.path))
        let before = added.map { Self.variable($0.name) }
        for (name, value) in added { Self.set(name, value) }
        let result = body()
        for ((name, _), value) in zip(added, before) { Self.set(name, value) }
        return result
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func set(_ name: String, _ value: String?) {
        if let value { setenv(name, value, 1) } else { unsetenv(name) }
    }

    /// An environment that the program made, with the variables in it; a new reference, `nil` where it is of no known kind.
    func added(to environment: Object) -> Object? {
        let changed = swprof_is_list(environment) != 0 ? list(environment) : mapping(environment)
        if changed == nil { PyErr_Clear() }
        return changed
    }

    /// Of entries such as `b"A=B"`.
    private func list(_ entries: Object) -> Object? {
        guard let changed = PyList_New(0) else { return nil }
        var before: String?
        for at in 0..<PyList_Size(entries) {
            let entry = PyList_GetItem(entries, at)
            guard let bytes = PyBytes_AsString(entry) else { return nil }
            let name = String(cString: bytes).prefix { $0 != "=" }
            if name == Self.path { before = String(String(cString: bytes).dropFirst(name.count + 1)) }
            if name == Self.path || name == Self.pathBefore || name == Self.launch { continue }
            PyList_Append(changed, entry)
        }
        for (name, value) in values(before: before) {
            guard let value, let entry = "\(name)=\(value)".withCString({ PyBytes_FromString($0) }) else { continue }
            PyList_Append(changed, entry)
            Py_DecRef(entry)
        }
        return changed
    }

    /// Of names and values, each text or bytes.
    private func mapping(_ environment: Object) -> Object? {
        guard let changed = PyDict_New() else { return nil }
        guard PyDict_Update(changed, environment) == 0 else {
            Py_DecRef(changed)
            return nil
        }
        let before = Self.take(Self.path, from: changed)
        for (name, value) in values(before: before) {
            _ = Self.take(name, from: changed)
            guard let value, let object = PyUnicode_DecodeFSDefault(value) else { continue }
            PyDict_SetItemString(changed, name, object)
            Py_DecRef(object)
        }
        return changed
    }

    /// Takes a variable out, whatever kind its name is of; its value, if it was there.
    private static func take(_ name: String, from mapping: Object) -> String? {
        var value: String?
        for key in [PyUnicode_FromString(name), PyBytes_FromString(name)] {
            guard let key else { continue }
            defer { Py_DecRef(key) }
            guard let found = PyDict_GetItem(mapping, key) else { continue }
            value = pathText(found)
            PyDict_DelItem(mapping, key)
        }
        return value
    }

    /// As the file system has it.
    private static func pathText(_ object: Object) -> String? {
        var bytes: Object?
        guard PyUnicode_FSConverter(object, &bytes) != 0, let bytes else {
            PyErr_Clear()
            return nil
        }
        defer { Py_DecRef(bytes) }
        return PyBytes_AsString(bytes).map { String(cString: $0) }
    }
}
