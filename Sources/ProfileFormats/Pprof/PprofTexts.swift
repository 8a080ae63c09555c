/// The string table of a pprof file that is being written.
struct PprofTexts {
    private(set) var all = [""]
    private var known: [String: Int64] = ["": 0]
    private var emptyFile: Int64?

    mutating func index(of text: String) -> Int64 {
        if let index = known[text] { return index }
        let new = append(text)
        known[text] = new
        return new
    }

    /// A file's name; a second empty text tells an empty name from index 0, which is no file.
    mutating func index(ofFile name: String) -> Int64 {
        guard name.isEmpty else { return index(of: name) }
        let index = emptyFile ?? append("")
        emptyFile = index
        return index
    }

    private mutating func append(_ text: String) -> Int64 {
        all.append(text)
        return Int64(all.count - 1)
    }
}
