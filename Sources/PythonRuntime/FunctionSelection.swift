import CPython

/// The functions that the design `lines` is to trace, by their bare or qualified names. Used with the GIL only.
final class FunctionSelection {
    private let names: Set<String>
    private var known: [UInt: Bool] = [:]

    /// No names select every function.
    init(_ names: [String]) { self.names = Set(names) }

    var isEverything: Bool { names.isEmpty }

    /// Whether a code object is of a selected function. It is kept from now on, so that no other can come to its address.
    func holds(_ code: UInt) -> Bool {
        if isEverything { return true }
        if let known = known[code] { return known }
        guard let object = Object(bitPattern: code) else { return false }
        Py_IncRef(object)
        let isSelected = ["co_name", "co_qualname"].contains { text(object, attribute: $0).map(names.contains) ?? false }
        known[code] = isSelected
        return isSelected
    }
}
