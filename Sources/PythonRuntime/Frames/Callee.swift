import CPython
import Capture

/// A function written in C as a frame on top of the Python function that calls it: what identifies it, and where its name is.
///
/// It has the shape of a sampled code object, by whose first line it is told from one.
enum Callee {
    /// What `address` is the address of, and `nameHead`.
    enum Kind: UInt32 {
        /// Of its definition; of its module's name, or nothing.
        case function
        /// Of its definition; of the type that it belongs to.
        case method
        /// Of its name, a text; of the type that it belongs to.
        case descriptor
        /// Of itself, and nothing.
        case type
        /// Of the type of what is called, and nothing.
        case object
        /// Of one of NumPy's universal functions, and of their type.
        case universalFunction
        /// Of nothing: the interpreter collects garbage.
        case collection
        /// Of nothing: the thread waits for the interpreter's lock.
        case waitForLock
    }

    private static let mark = Int32.min

    @_noLocks @inline(__always)
    static func isOne(_ code: SampledFrame.Code) -> Bool { code.firstLine == mark }

    @_noLocks @inline(__always)
    static func frame(_ kind: Kind, _ address: UInt, of owner: UInt = 0) -> SampledFrame {
        SampledFrame(
            code: SampledFrame.Code(
                address: address, nameHead: UInt64(owner), nameLength: kind.rawValue, firstLine: mark),
            instruction: -1)
    }
}

/// What tells the objects that a program calls apart, and where calls have them.
struct CalleeReading: Sendable {
    let sites: CallSites
    let interpreter: InterpreterState?
    let hasMethodFirst: Bool
    // The addresses of types.
    let function: UInt
    let classMethod: UInt
    let methodDescriptor: UInt
    let classMethodDescriptor: UInt
    let slotWrapper: UInt
    let pythonFunction: UInt
    let boundMethod: UInt

    // Of PyTypeObject, the same in every version.
    static let typeName = 24
    static let typeFlags = 168
    static let typeCall = 128
    fileprivate static let isHeapType: UInt = 1 << 9
    fileprivate static let isImmutable: UInt = 1 << 8
    fileprivate static let isType: UInt = 1 << 31
    // The first bytes of types' names, as a word: `numpy.uf`, NumPy's universal functions; `_cython_` and `cython_f`, Cython's,
    // which begin as all functions of C do.
    fileprivate static let universal: UInt = 0x6675_2e79_706d_756e
    fileprivate static let cython: UInt = 0x5f6e_6f68_7479_635f
    fileprivate static let olderCython: UInt = 0x665f_6e6f_6874_7963
}

extension CalleeReading {
    /// Kept for good: a late signal's handler may still read it. Used with the GIL.
    static let ofRunningInterpreter = CalleeReading(
        sites: CallSites(), interpreter: .ofRunningInterpreter(),
        hasMethodFirst: PythonVersion.running?.calls.hasMethodFirst ?? false,
        function: UInt(bitPattern: swprof_function_type()), classMethod: UInt(bitPattern: swprof_class_method_type()),
        methodDescriptor: UInt(bitPattern: swprof_method_descriptor_type()),
        classMethodDescriptor: UInt(bitPattern: swprof_class_method_descriptor_type()),
        slotWrapper: UInt(bitPattern: swprof_slot_wrapper_type()),
        pythonFunction: UInt(bitPattern: swprof_python_function_type()),
        boundMethod: UInt(bitPattern: swprof_bound_method_type()))

    /// The same of a process in whose memory the interpreter's file lies elsewhere, but for what it is at as a whole.
    func displaced(by displacement: UInt) -> CalleeReading {
        CalleeReading(
            sites: CallSites(), interpreter: nil, hasMethodFirst: hasMethodFirst, function: function &+ displacement,
            classMethod: classMethod &+ displacement, methodDescriptor: methodDescriptor &+ displacement,
            classMethodDescriptor: classMethodDescriptor &+ displacement, slotWrapper: slotWrapper &+ displacement,
            pythonFunction: pythonFunction &+ displacement, boundMethod: boundMethod &+ displacement)
    }
}

extension FrameWalk {
    /// The C function that the running frame calls; `nil` where it calls none, or one that cannot be told.
    ///
    /// The frame stands at a call, whose callee lies on its stack until the call has ended. Then it may be gone, and what the call
    /// gives back lies in its place: so the kernel does all reading, and only what can be called is taken for a callee.
    ///
    /// - Parameter leaf: the frame on top, as it was proven.
    @_noLocks
    func callee(of leaf: SampledFrame, _ reader: FrameReader) -> SampledFrame? {
        guard let callees, let running = reader.running, running.code == leaf.code.address,
            let place = callees.sites.place(of: leaf)
        else { return nil }
        var words: (UInt, UInt) = (0, 0)
        let address = running.address &+ UInt(layout.frameSize) &+ 8 &* UInt(bitPattern: place)
        guard isBelowTop(address, running.address), memory.copy(from: address, to: &words, size: 16) else { return nil }
        let first = words.0 & ~7
        return identify(callees.hasMethodFirst && first == 0 ? words.1 & ~7 : first, callees)
    }

    /// Whether a call's arguments lie above its callee, or may: from 3.14 on a frame that has called C has put down where its stack
    /// ends, and does so for nothing else that takes long.
    @_noLocks @inline(__always)
    private func isBelowTop(_ address: UInt, _ frame: UInt) -> Bool {
        guard let toTop = layout.frameStackPointer else { return true }
        return memory.word(at: frame &+ UInt(toTop)).map { $0 >= address &+ 16 } ?? false
    }

    /// The head of an object, then what functions have (their definition, what they are bound to, their module's name), and
    /// descriptors (their type, their name).
    private typealias Head = (count: UInt, type: UInt, a: UInt, b: UInt, c: UInt)

    @_noLocks
    private func identify(_ object: UInt, _ callees: CalleeReading) -> SampledFrame? {
        var head: Head = (0, 0, 0, 0, 0)
        guard object != 0, memory.copy(from: object, to: &head, size: 40) else { return nil }
        switch head.type {
        case callees.pythonFunction, callees.boundMethod:
            return nil
        case callees.function, callees.classMethod:
            return head.c != 0 || head.b == 0
                ? Callee.frame(.function, head.a, of: head.c)
                : owner(of: head.b).map { Callee.frame(.method, head.a, of: $0) }
        case callees.methodDescriptor, callees.classMethodDescriptor, callees.slotWrapper:
            return Callee.frame(.descriptor, head.b, of: head.a)
        default:
            return other(object, head)
        }
    }

    /// The type that a method of an object belongs to: the object itself where it is one.
    @_noLocks
    private func owner(of object: UInt) -> UInt? {
        guard let type = memory.word(at: object &+ 8), let flags = flags(ofType: type) else { return nil }
        return flags & CalleeReading.isType != 0 ? object : type
    }

    /// A type that is called, or an object of one; but no class that was written in Python, and no object of one.
    @_noLocks
    private func other(_ object: UInt, _ head: Head) -> SampledFrame? {
        guard let flags = flags(ofType: head.type) else { return nil }
        if flags & CalleeReading.isType != 0 {
            return self.flags(ofType: object).flatMap { isOfC($0) ? Callee.frame(.type, object) : nil }
        }
        guard let name = memory.word(at: head.type &+ UInt(CalleeReading.typeName)) else { return nil }
        switch memory.word(at: name) {
        case CalleeReading.cython, CalleeReading.olderCython: return Callee.frame(.function, head.a, of: head.c)
        case CalleeReading.universal: return Callee.frame(.universalFunction, object, of: head.type)
        default: return isOfC(flags) && canBeCalled(head.type) ? Callee.frame(.object, head.type) : nil
        }
    }

    /// What a call gives back lies where its callee was.
    @_noLocks @inline(__always)
    private func canBeCalled(_ type: UInt) -> Bool { memory.word(at: type &+ UInt(CalleeReading.typeCall)) ?? 0 != 0 }

    @_noLocks @inline(__always)
    private func flags(ofType type: UInt) -> UInt? { memory.word(at: type &+ UInt(CalleeReading.typeFlags)) }

    /// Whether C code made a type: it is no object of the heap, or nobody can change it.
    @_noLocks @inline(__always)
    private func isOfC(_ flags: UInt) -> Bool {
        flags & CalleeReading.isHeapType == 0 || flags & CalleeReading.isImmutable != 0
    }
}
