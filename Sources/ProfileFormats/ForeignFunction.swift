import ProfileModel

/// How other tools name functions, made such that they are the same functions as ours.
enum ForeignFunction {
    /// What tools write for the file of a function that has none.
    private static let withoutFile: Set<String> = [
        "", "~", "<built-in>", "__builtin__", "<native>", "[native]", "<unknown>", "kernel",
    ]
    /// Of austin: then comes an address, which is no file either.
    private static let nativeAddress = "native@"
    private static let otherLanguages = [
        ".go", ".c", ".cc", ".cpp", ".cxx", ".h", ".hpp", ".rs", ".js", ".ts", ".java", ".rb", ".s", ".S", ".swift",
        ".cs",
    ]
    private static let libraries = [".so", ".dylib", ".dll", ".pyd"]

    /// A library is where machine code lies, and not what it was written in.
    static func isWithoutFile(_ file: String) -> Bool {
        withoutFile.contains(file) || file.hasPrefix(nativeAddress) || libraries.contains(where: file.hasSuffix)
            || file.contains(".so.")
    }

    /// - Parameters:
    ///   - name: qualified or not.
    ///   - line: the first one; 0 where it is not known.
    static func function(_ name: String, file: String?, line: Int = 0) -> Function {
        guard let file, !isWithoutFile(file) else { return ofC(name) }
        // Other languages' names have points of another meaning.
        if otherLanguages.contains(where: file.hasSuffix) {
            return Function(name: name, qualname: name, file: file, line: line)
        }
        return Function(qualified: name, file: file, line: line)
    }

    /// A function of a module in C, as yappi has it: instead of a file it names the module, and no line; `nil` for all others.
    static func ofModule(_ name: String, _ module: String, line: Int) -> Function? {
        guard line == 0, !module.isEmpty, !PathNames.isSource(module), !module.contains("/"), !module.contains("\\")
        else { return nil }
        if name.hasPrefix("<") || module == "builtins" || isWithoutFile(module) { return ofC(name) }
        return Function(ofC: "\(module).\(name)")
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
