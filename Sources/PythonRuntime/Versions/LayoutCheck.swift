import CPython
import Capture

/// Holds a frame layout against what the running interpreter itself says of its frames and its code.
enum LayoutCheck {
    /// Whether walking the calling thread finds the same code objects and instructions as the API does.
    /// Called with the GIL.
    static func holds(_ walk: FrameWalk) -> Bool {
        guard let state = PyThreadState_Get() else { return false }
        let room = StackRoom.allocate()
        defer { room.deallocate() }
        let depth = walk.walk(threadState: UInt(bitPattern: state), isOwn: true, stack: CStack(), into: room)
        let told = framesOfAPI(state)
        guard depth == min(told.count, StackRoom.largestDepth) else { return false }
        let stack = room.stack(depth: depth)
        return (0..<depth).allSatisfy {
            stack[$0].code.address == told[$0].code && stack[$0].instruction == told[$0].instruction
        }
            && (depth == 0 || isNamedRightly(stack[0].code, walk))
    }

    /// Whether a code object is called from outside what it calls itself.
    private static func isNamedRightly(_ code: SampledFrame.Code, _ walk: FrameWalk) -> Bool {
        guard let object = Object(bitPattern: code.address) else { return false }
        let record = CodeNaming(walk: walk).record(of: code, id: 0, copies: nil)
        return record.name == text(object, attribute: "co_name")
            && record.qualname == text(object, attribute: "co_qualname")
            && record.file == text(object, attribute: "co_filename")
            && Int(record.firstLine) == number(object, attribute: "co_firstlineno")
    }

    private static func framesOfAPI(_ state: OpaquePointer) -> [(code: UInt, instruction: Int32)] {
        var told: [(code: UInt, instruction: Int32)] = []
        var at = PyThreadState_GetFrame(state)
        while let frame = at {
            let code = PyFrame_GetCode(frame)
            let byteOffset = PyFrame_GetLasti(frame)
            told.append((UInt(bitPattern: code), byteOffset < 0 ? -1 : byteOffset / 2))
            Py_DecRef(UnsafeMutableRawPointer(code)?.assumingMemoryBound(to: PyObject.self))
            at = PyFrame_GetBack(frame)
            Py_DecRef(UnsafeMutableRawPointer(frame).assumingMemoryBound(to: PyObject.self))
        }
        return told
    }
}

extension FrameWalk {
    /// `nil` where the interpreter's layout is not known.
    static func ofRunningInterpreter() -> FrameWalk? {
        guard let layout = FrameLayout.ofRunningInterpreter() else { return nil }
        return FrameWalk(layout: layout, memory: GuardedMemory(), codeType: codeTypeAddress(), named: NamedCodes())
    }

    /// `PyCode_Type` is no part of the limited API; a running frame's code has it as its type. Called with the GIL.
    private static func codeTypeAddress() -> UInt {
        guard let frame = PyThreadState_GetFrame(PyThreadState_Get()), let code = PyFrame_GetCode(frame) else {
            return 0
        }
        defer {
            Py_DecRef(UnsafeMutableRawPointer(code).assumingMemoryBound(to: PyObject.self))
            Py_DecRef(UnsafeMutableRawPointer(frame).assumingMemoryBound(to: PyObject.self))
        }
        return load(UInt(bitPattern: code) + 8)
    }
}
