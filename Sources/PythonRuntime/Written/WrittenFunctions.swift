import CPython
import Capture
import Glibc

/// What the session of a design in Python is given: functions of the extension, made once. Used with the GIL only.
enum WrittenFunctions {
    /// `_next_tick`, `_sample` and `_failed`, in the order of `SamplingSession`.
    static func sampling() -> [Object?] { [nextTick, sample, failed].map { PyCFunction_NewEx($0, nil, nil) } }

    /// `enter` and `leave`, in the order of `TracingSession`.
    static func tracing() -> [Object?] { [enter, leave].map { PyCFunction_NewEx($0, nil, nil) } }

    // Never changed, and kept for good: a function object refers to its definition.
    nonisolated(unsafe) private static let nextTick = definition("next_tick", METH_NOARGS, onNextTick)
    nonisolated(unsafe) private static let sample = definition("sample", METH_VARARGS, onSample)
    nonisolated(unsafe) private static let failed = definition("failed", METH_VARARGS, onFailed)
    nonisolated(unsafe) private static let enter = definition("enter", METH_O, onEnter)
    nonisolated(unsafe) private static let leave = definition("leave", METH_VARARGS, onLeave)

    /// A function object refers to its definition, which therefore lives as long as the interpreter.
    private static func definition(
        _ name: String, _ flags: Int32, _ function: @escaping PyCFunction
    ) -> UnsafeMutablePointer<PyMethodDef> {
        let definition = UnsafeMutablePointer<PyMethodDef>.allocate(capacity: 1)
        definition.initialize(
            to: PyMethodDef(ml_name: strdup(name), ml_meth: function, ml_flags: flags, ml_doc: nil))
        return definition
    }
}

private func refused(_ line: String) -> Object? {
    PyErr_SetString(swprof_runtime_error(), line)
    return nil
}

// MARK: Sampling

/// The sampler at work, where the calling thread is the one that samples.
private func ownSampling() -> WrittenSampling? {
    WrittenSampling.current.flatMap { $0.look.own == gettid() ? $0 : nil }
}

private func onNextTick(_: Object?, _: Object?) -> Object? {
    guard let sampling = ownSampling() else {
        return refused("ticks are for the method run, which swprof calls on a thread of its own")
    }
    guard let look = sampling.awaitTick() else { return swprof_none() }
    return WrittenObject.tuple([
        PyLong_FromUnsignedLongLong(look.tick.number), PyFloat_FromDouble(Double(look.tick.due) / 1e9),
        PyFloat_FromDouble(max(0, Double(look.now - sampling.start - look.tick.due) / 1e9)),
    ])
}

/// (stack, thread): a frame, or a list of pairs of a code object and an instruction.
private func onSample(_: Object?, _ arguments: Object?) -> Object? {
    guard let sampling = ownSampling(), sampling.look.hasOpenTick else {
        return refused(
            "a sample is of a tick: call session.sample within 'for tick in session.ticks()', in the method run")
    }
    guard let stack = PyTuple_GetItem(arguments, 0), let thread = threadNumber(arguments, at: 1) else { return nil }
    guard let frames = sampling.frames(stack) else {
        return refused("a stack is a frame, or a list of frames or of pairs of a code object and an instruction")
    }
    sampling.look.note(frames, of: thread)
    return swprof_none()
}

private func onFailed(_: Object?, _ arguments: Object?) -> Object? {
    guard let sampling = ownSampling(), sampling.look.hasOpenTick else {
        return refused(
            "a look fails at a tick: call session.failed within 'for tick in session.ticks()', in the method run")
    }
    guard let thread = threadNumber(arguments, at: 0) else { return nil }
    sampling.look.noteFailure(of: thread)
    return swprof_none()
}

/// A thread's number in Python among the arguments, 0 for None; `nil` with an exception for what is neither.
private func threadNumber(_ arguments: Object?, at place: Int) -> UInt? {
    guard let object = PyTuple_GetItem(arguments, place) else { return nil }
    if object == swprof_borrowed_none() { return 0 }
    let number = PyLong_AsUnsignedLong(object)
    return PyErr_Occurred() == nil ? UInt(number) : nil
}

// MARK: Tracing

private func onEnter(_: Object?, _ object: Object?) -> Object? {
    guard let tracing = WrittenTracing.current, let object else { return swprof_none() }
    if let called = tracing.called(object) {
        tracing.enter(called)
    } else if PyCallable_Check(object) == 0 {
        // What can be called and is no function (a type) is its caller's time, as under any tracer.
        return refused("what is entered is a code object, such as frame.f_code, or a function of C")
    }
    return swprof_none()
}

/// () or (what is left).
private func onLeave(_: Object?, _ arguments: Object?) -> Object? {
    guard let tracing = WrittenTracing.current else { return swprof_none() }
    guard PyTuple_Size(arguments) > 0, let object = PyTuple_GetItem(arguments, 0) else {
        tracing.leave(nil)
        return swprof_none()
    }
    if let called = tracing.called(object) {
        tracing.leave(called.key)
    } else if PyCallable_Check(object) == 0 {
        return refused("what is left is a code object, such as frame.f_code, or a function of C")
    }
    return swprof_none()
}
