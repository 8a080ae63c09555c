import CPython
import Capture

/// Names the functions that a tracer meets, each once. Called with the GIL.
final class CalledFunctions {
    private let log: LogWriter
    private let keptCode: KeptCode
    private var named: UInt32 = 0
    private var ids: [UInt: UInt32] = [:]
    private var threadStarters: Set<UInt> = []
    private var resumables: Set<UInt> = []

    init(log: LogWriter, keptCode: KeptCode) {
        self.log = log
        self.keptCode = keptCode
        keptCode.onForgetting { [unowned(unsafe) self] codes in
            for code in codes { ids[code] = nil }
            resumables.subtract(codes)
        }
    }

    /// The key of a C function is the address of its definition, which is the same for all bound methods.
    static let cFunctionMark: UInt = 1

    /// The number of a Python function's code object, which is kept from now on.
    func id(ofCode code: Object) -> UInt32 {
        let key = UInt(bitPattern: code)
        if let known = ids[key] { return known }
        keptCode.keep(code)
        if Int(number(code, attribute: "co_flags") ?? 0) & Self.resumable != 0 { resumables.insert(key) }
        return add(key) { id in
            CodeRecord(
                id: id, language: .python, firstLine: Int32(number(code, attribute: "co_firstlineno") ?? 0),
                name: text(code, attribute: "co_name") ?? "?", qualname: text(code, attribute: "co_qualname") ?? "?",
                file: text(code, attribute: "co_filename") ?? "?")
        }
    }

    /// The number of a C function. It is not kept: with it, the object that it is bound to would be.
    func id(ofCFunction function: Object, key: UInt) -> UInt32 {
        if let known = ids[key] { return known }
        let name = text(function, attribute: "__name__") ?? "?"
        var qualname = text(function, attribute: "__qualname__") ?? name
        if let module = text(function, attribute: "__module__"), module != "builtins" {
            qualname = module + "." + qualname
        }
        if name.hasPrefix("start_new") || name == "start_joinable_thread" { threadStarters.insert(key) }
        return add(key) { id in
            CodeRecord(id: id, language: .c, firstLine: 0, name: name, qualname: qualname, file: "")
        }
    }

    /// Whether it is of a generator, a coroutine or an asynchronous generator.
    func isResumable(_ key: UInt) -> Bool { resumables.contains(key) }

    /// CO_GENERATOR, CO_COROUTINE and CO_ASYNC_GENERATOR (Python's module `inspect`). An iterable coroutine of
    /// `types.coroutine` is a generator, too.
    private static let resumable = 0x20 | 0x80 | 0x200

    func startsThreads(_ key: UInt) -> Bool { threadStarters.contains(key) }

    private func add(_ key: UInt, _ record: (UInt32) -> CodeRecord) -> UInt32 {
        let id = named
        named += 1
        ids[key] = id
        log.append(.code(record(id)))
        return id
    }
}
