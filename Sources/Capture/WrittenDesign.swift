/// A design that its user has written in Python: a class in a file.
public struct WrittenDesign: Sendable, Hashable {
    /// As users name it: `FILE.py:NAME`.
    public let name: String
    /// What the class declares, once somebody has read the file.
    public let kind: DesignFacts.Kind
    public let instantsAreOwn: Bool
    /// The file's path from the root on, for a program may work in another folder; empty where it is not known.
    public let file: String

    /// - Parameters:
    ///   - name: `nil` results where it is none of a design in a file.
    ///   - kind: what is taken until the file is read.
    public init?(
        _ name: String, _ kind: DesignFacts.Kind = .sampling, instantsAreOwn: Bool = false, file: String = ""
    ) {
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")), colon != name.utf8.startIndex,
            name.utf8.index(after: colon) != name.utf8.endIndex
        else { return nil }
        (self.name, self.kind, self.instantsAreOwn, self.file) = (name, kind, instantsAreOwn, file)
    }
}
