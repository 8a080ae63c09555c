import CPython

/// The code objects that a tracer knows by their addresses. Used with the GIL only.
///
/// Each is kept, so that no other can come to its address. A program may make code without end and drop it, so once
/// many are kept those that nobody else refers to are forgotten, and given back.
final class KeptCode {
    private static let fewest = 4096

    private var kept: Set<UInt> = []
    private var most = KeptCode.fewest
    private var forgetting: [(Set<UInt>) -> Void] = []

    func keep(_ code: Object) {
        if kept.insert(UInt(bitPattern: code)).inserted { Py_IncRef(code) }
    }

    /// `forget` is told the addresses that will mean nothing, or something else, from then on.
    func onForgetting(_ forget: @escaping (Set<UInt>) -> Void) { forgetting.append(forget) }

    /// Gives back what only we refer to, if many are kept. To be called where Python code may run, for giving back can call some.
    func giveBackUnused() {
        guard kept.count >= most else { return }
        giveBack(kept.filter(Self.isOursAlone))
        most = max(Self.fewest, kept.count * 2)
    }

    /// When no code will be met any more.
    func giveBackAll() { giveBack(kept) }

    private func giveBack(_ codes: Set<UInt>) {
        kept.subtract(codes)
        for forget in forgetting { forget(codes) }
        for code in codes { Py_DecRef(Object(bitPattern: code)) }
    }

    /// The count of references is an object's first word, half a word from 3.14 on.
    private static func isOursAlone(_ code: UInt) -> Bool {
        UnsafePointer<UInt32>(bitPattern: code)?.pointee == 1
    }
}
