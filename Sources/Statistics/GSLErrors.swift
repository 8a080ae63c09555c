import CGSL

/// How GSL tells of errors.
enum GSLErrors {
    /// Read once before the first call: GSL would otherwise abort the process where a result
    /// under- or overflows; with its handler off it returns zero, NaN or infinity.
    static let areReturned: Void = { _ = gsl_set_error_handler_off() }()
}
