import CPython

/// The functions that the design `lines` is to trace, by their bare or qualified names. Used with the GIL only.
final class FunctionSelection {
    private let names: Set<String>
    private let keptCode: KeptCode
    private var known: [UInt: Bool] = [:]

    /// No names select every function.
    init(_ names: [String], _ keptCode: KeptCode) {
        self.names = Set(names)
        self.keptCode = keptCode
        keptCode.onForgetting { [unowned(unsafe) self] codes in
            for code in codes { known[code] = nil }
        }
    }

    var isEverything: Bool { names.isEmpty }

    /// Whether a code object is of a selected function. It is kept from now on. Python code may run meanwhile.
    func holds(_ code: UInt) -> Bool {
        if isEverything { return true }
        if let known = known[code] { return known }
        guard let object = Object(bitPattern: code) else { return false }
        keptCode.keep(object)
        let isSelected = ["co_name", "co_qualname"].contains {
            text(object, attribute: $0).map(names.contains) ?? false
        }
        known[code] = isSelected
        keptCode.giveBackUnused()
        return isSelected
    }
}
