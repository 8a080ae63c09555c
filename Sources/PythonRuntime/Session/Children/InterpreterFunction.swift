import CPython

/// A function of the interpreter, written in C, whose calls go by way of one of ours.
///
/// What is exchanged is the pointer in the definition that all objects of the function share: the objects, and whoever has
/// imported one, stay as they are. Used with the GIL only.
struct InterpreterFunction {
    /// How CPython calls functions that take their arguments as an array; without METH_KEYWORDS the last is not given.
    typealias Array = @convention(c) (Object?, UnsafePointer<Object?>?, Int, Object?) -> Object?
    /// And those that take them as a tuple.
    typealias Tuple = @convention(c) (Object?, Object?) -> Object?

    private let original: PyCFunction

    /// `nil` where there is no such function, or one that is called in another way.
    ///
    /// - Parameters:
    ///   - array: called in its place where it takes an array.
    ///   - tuple: the same where it takes a tuple.
    init?(_ name: String, of module: String, array: @escaping Array, tuple: Tuple? = nil) {
        guard let module = PyImport_ImportModule(module) else { PyErr_Clear(); return nil }
        defer { Py_DecRef(module) }
        guard let function = PyObject_GetAttrString(module, name) else { PyErr_Clear(); return nil }
        defer { Py_DecRef(function) }
        guard PyCFunction_GetFunction(function) != nil, let definition = swprof_definition(function),
            let original = definition.pointee.ml_meth
        else { PyErr_Clear(); return nil }
        let flags = definition.pointee.ml_flags & (METH_VARARGS | METH_KEYWORDS | METH_FASTCALL)
        switch flags {
        case METH_FASTCALL, METH_FASTCALL | METH_KEYWORDS:
            definition.pointee.ml_meth = unsafeBitCast(array, to: PyCFunction.self)
        case METH_VARARGS:
            guard let tuple else { return nil }
            definition.pointee.ml_meth = tuple
        default: return nil
        }
        self.original = original
    }

    func callAsFunction(_ owner: Object?, _ arguments: UnsafePointer<Object?>?, _ count: Int, _ names: Object?)
        -> Object?
    {
        unsafeBitCast(original, to: Array.self)(owner, arguments, count, names)
    }

    func callAsFunction(_ owner: Object?, _ arguments: Object?) -> Object? {
        original(owner, arguments)
    }
}
