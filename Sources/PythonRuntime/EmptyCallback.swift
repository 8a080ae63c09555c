import CPython

/// A callback that does nothing: the floor under every tracer on `PyEval_SetProfile`. For benchmarks.
enum EmptyCallback {
    static func begin() { PyEval_SetProfile(onNothing, nil) }
    static func end() { PyEval_SetProfile(nil, nil) }
}

private func onNothing(_: Object?, _: OpaquePointer?, _: Int32, _: Object?) -> Int32 { 0 }
