import CPython

/// A callback that does nothing: the floor under every tracer on `PyEval_SetProfile`. For benchmarks.
enum EmptyCallback {
    static func begin() { PyEval_SetProfile(onNothing, nil) }
    static func end() { PyEval_SetProfile(nil, nil) }
}

private func onNothing(_: Object?, _: OpaquePointer?, _: Int32, _: Object?) -> Int32 { 0 }

/// A hook that has frames evaluated and does nothing else: the floor under every tracer on PEP 523. For benchmarks.
enum EmptyEvaluation {
    static func begin() { _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState_Get(), evaluateOnly) }
    static func end() { _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState_Get(), _PyEval_EvalFrameDefault) }
}

private func evaluateOnly(_ state: OpaquePointer?, _ frame: UnsafeMutableRawPointer?, _ throwing: Int32) -> Object? {
    _PyEval_EvalFrameDefault(state, frame, throwing)
}
