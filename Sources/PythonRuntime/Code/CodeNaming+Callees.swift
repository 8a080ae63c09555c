import Capture

/// What a call needs to be understood: the caller's instructions, and where its stack begins.
struct CallFacts {
    var instructions: [UInt8]
    var exceptions: [UInt8]
    /// How many words of its frame are variables.
    var variables: Int
    var isResumable: Bool
}

extension CodeNaming {
    /// `nil` where the code object is not there any more.
    func callFacts(of code: SampledFrame.Code) -> CallFacts? {
        guard let proof = walk.proof(of: code.address), proof.identity == code,
            let variables = walk.memory.word(at: code.address &+ UInt(layout.codeLocals)),
            let instructions = instructions(of: code.address),
            let exceptions = bytes(at: code.address, layout.codeExceptions),
            walk.proof(of: code.address)?.identity == code
        else { return nil }
        return CallFacts(
            instructions: instructions, exceptions: exceptions,
            variables: Int(UInt32(truncatingIfNeeded: variables)), isResumable: proof.isResumable)
    }

    /// The record of a function written in C, or of what the interpreter itself does.
    ///
    /// By the names that such a function has as an object of Python's (`meth_get__qualname__` in Objects/methodobject.c), so that
    /// tracers call it the same.
    func calleeRecord(of code: SampledFrame.Code, id: UInt32) -> CodeRecord {
        let (name, place) = calleeNames(code) ?? ("<unknown function of C>", "")
        return CodeRecord(
            id: id, language: .c, firstLine: 0, name: name, qualname: place.isEmpty ? name : place + "." + name,
            file: "")
    }

    /// Its bare name, and what it is in.
    private func calleeNames(_ code: SampledFrame.Code) -> (name: String, place: String)? {
        let owner = UInt(code.nameHead)
        switch Callee.Kind(rawValue: code.nameLength) {
        case .function: return string(pointedToAt: code.address).map { ($0, module(owner)) }
        case .method: return string(pointedToAt: code.address).map { ($0, nameOfType(owner).name) }
        case .descriptor: return text(at: code.address).map { ($0, nameOfType(owner).name) }
        case .type, .object: return nameOfType(code.address)
        case .universalFunction: return string(pointedToAt: code.address &+ Self.universalName).map { ($0, "numpy") }
        case .collection: return ("<garbage collection>", "")
        case .waitForLock: return ("<waiting for the GIL>", "")
        case nil: return nil
        }
    }

    private func module(_ text: UInt) -> String {
        let name = text == 0 ? nil : self.text(at: text)
        return name == "builtins" ? "" : name ?? ""
    }

    /// A type of C's is called by its module, too; as part of a method's name it stands without.
    private func nameOfType(_ type: UInt) -> (name: String, place: String) {
        let whole = string(pointedToAt: type &+ UInt(CalleeReading.typeName)) ?? "?"
        guard let dot = whole.utf8.lastIndex(of: UInt8(ascii: ".")) else { return (whole, "") }
        return (String(whole[whole.index(after: dot)...]), String(whole[..<dot]))
    }

    /// Of PyUFuncObject, behind six numbers and two pointers.
    private static let universalName: UInt = 56

    /// A text of C's, up to its zero.
    private func string(pointedToAt field: UInt) -> String? {
        guard let address = walk.memory.word(at: field) else { return nil }
        var bytes: [UInt8] = []
        while bytes.count < Self.longestName, let byte = copy(address &+ UInt(bytes.count), size: 1)?[0], byte != 0 {
            bytes.append(byte)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private static let longestName = 512
}
