/// What a line of source says, in short: enough to find it again in a file that was edited.
public struct LineMark: Hashable, Sendable {
    /// Of its text, without the blanks around it.
    public var text: UInt32
    /// Of the nearest lines above and below that are not blank.
    public var neighbours: UInt32

    public init(text: UInt32, neighbours: UInt32) { (self.text, self.neighbours) = (text, neighbours) }

    /// `nil` where the file has no such line, or nothing stands on it.
    ///
    /// - Parameter number: 1-based.
    public init?(of number: Int, in lines: [String]) {
        guard number > 0, number <= lines.count, let text = Self.hash(lines[number - 1]) else { return nil }
        let above = lines[..<(number - 1)].reversed().lazy.compactMap { Self.hash($0) }.first
        let below = lines[number...].lazy.compactMap { Self.hash($0) }.first
        self.init(text: text, neighbours: (above ?? 0) &* 31 &+ (below ?? 0))
    }

    /// 32 bits of FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo); `nil` of a blank line.
    private static func hash(_ line: String) -> UInt32? {
        let bytes = line.utf8.drop(while: isBlank)
        guard !bytes.isEmpty else { return nil }
        var hash: UInt32 = 2_166_136_261
        var (whole, blanks) = (hash, false)
        for byte in bytes {
            hash = (hash ^ UInt32(byte)) &* 16_777_619
            blanks = isBlank(byte)
            if !blanks { whole = hash }
        }
        return whole
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || 9...13 ~= byte }
}

extension Profile {
    /// The same with the marks of all lines that were seen, as the source says now; what has marks keeps them.
    ///
    /// - Parameter isMeant: of a file.
    public func marked(by source: some SourceText, where isMeant: (String) -> Bool = { _ in true }) -> Profile {
        var seen: [String: Set<Int>] = [:]
        for location in locations where location.line > 0 {
            if let file = functions[location.function.index].file { seen[file, default: []].insert(location.line) }
        }
        var marked = self
        for (file, numbers) in seen where marks[file] == nil && isMeant(file) {
            guard let lines = source.lines(of: file) else { continue }
            let found = numbers.compactMap { number in LineMark(of: number, in: lines).map { (number, $0) } }
            if !found.isEmpty { marked.marks[file] = Dictionary(uniqueKeysWithValues: found) }
        }
        return marked
    }
}
