/// A command in one text, taken apart as a shell does.
public enum ShellWords {
    /// Blanks part words; what stands in quotes or behind a backslash is taken as it is (POSIX.1-2017, Shell Command Language,
    /// section 2.2). Nothing is expanded. Throws where a quote is not closed.
    public static func split(_ command: String) throws(RunningError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in command {
            if isEscaped {
                // Within double quotes a backslash is one, but before what means something there.
                if quote != nil, !"\"\\$`\n".contains(character) { word?.append("\\") }
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                (isEscaped, word) = (true, word ?? "")
            } else if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == "'" || character == "\"" {
                (quote, word) = (character, word ?? "")
            } else if character.isWhitespace {
                if let ended = word { words.append(ended) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else {
            throw .usage("a quote in the command '\(command)' is not closed; close it")
        }
        return words + [word].compactMap { $0 }
    }
}
