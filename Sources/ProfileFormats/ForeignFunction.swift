import ProfileModel

/// How other tools name functions, made such that they are the same functions as ours.
enum ForeignFunction {
    /// What tools write for the file of a function that has none.
    private static let withoutFile: Set<String> = [
        "", "~", "<built-in>", "__builtin__", "<native>", "[native]", "<unknown>",
    ]
    private static let otherLanguages = [
        ".go", ".c", ".cc", ".cpp", ".cxx", ".h", ".hpp", ".rs", ".js", ".ts", ".java", ".rb", ".s", ".S", ".swift",
        ".cs", ".so", ".dylib", ".dll",
    ]

    static func isWithoutFile(_ file: String) -> Bool { withoutFile.contains(file) }

    /// - Parameters:
    ///   - name: qualified or not.
    ///   - line: the first one; 0 where it is not known.
    static func function(_ name: String, file: String?, line: Int = 0) -> Function {
        guard let file, !withoutFile.contains(file) else { return ofC(name) }
        // Other languages' names have points of another meaning.
        if otherLanguages.contains(where: file.hasSuffix) {
            return Function(name: name, qualname: name, file: file, line: line)
        }
        return Function(qualified: name, file: file, line: line)
    }

    /// `<built-in method time.sleep>` and `<method 'append' of 'list' objects>`, in such or curly brackets, are Python's words for them.
    private static func ofC(_ name: String) -> Function {
        let inside = name.dropFirst().dropLast()
        guard name.hasPrefix("<") && name.hasSuffix(">") || name.hasPrefix("{") && name.hasSuffix("}") else {
            return plain(name)
        }
        if inside.hasPrefix("built-in method ") {
            let full = inside.dropFirst("built-in method ".count)
            return Function(ofC: String(full.hasPrefix("builtins.") ? full.dropFirst("builtins.".count) : full))
        }
        let parts = inside.split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "method ", parts[2] == " of ", parts[4] == " objects" else {
            return plain(name)
        }
        return Function(ofC: "\(parts[3]).\(parts[1])")
    }

    private static func plain(_ name: String) -> Function { Function(name: name, qualname: name, file: nil, line: 0) }
}
