/// How a call lies on the stack of the function that calls, for one version of CPython.
struct CallShape: Sendable {
    /// Whether a method, or nothing, lies below what is called otherwise: up to 3.12.
    var hasMethodFirst = false
    /// Whether PRECALL stands before each CALL, and takes the arguments in the compiler's reckoning: in 3.11.
    var hasPrecall = false
    /// How high a generator's stack is where it begins: up to 3.12 what is sent to it first lies there then.
    var heightOfGenerators = 0
    /// How many values a call with a tuple of arguments has, without its dictionary.
    var withTuple = 4
    /// Whether such a call has a dictionary only where its argument says so: up to 3.13.
    var tellsDictionary = false

    /// How far below the top of the stack the callee lies; `nil` where the instruction is no call.
    ///
    /// (`CALL`, `CALL_KW` and `CALL_FUNCTION_EX` in Python/ceval.c and Python/bytecodes.c of each version.)
    func depth(ofCalleeIn name: String, argument: Int) -> Int? {
        switch name {
        case "PRECALL", "CALL": argument + 2
        case "CALL_KW": argument + 3
        case "CALL_FUNCTION_EX": withTuple + (tellsDictionary ? argument & 1 : 0)
        default: nil
        }
    }
}
