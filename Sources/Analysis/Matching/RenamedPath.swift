/// A file or a folder of the version before that has another name in the new one.
public struct RenamedPath: Sendable, Equatable {
    public var old: String
    public var new: String

    public init(old: String, new: String) {
        self.old = Self.withoutEnd(old)
        self.new = Self.withoutEnd(new)
    }

    /// `nil` where the file is not the one, and not below the folder, that was renamed.
    func newName(of file: String) -> String? {
        if file == old { return new }
        guard file.hasPrefix(old + "/") else { return nil }
        return new + file.dropFirst(old.count)
    }

    private static func withoutEnd(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
