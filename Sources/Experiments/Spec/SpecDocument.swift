import Running
import TOMLKit

/// A spec as TOML has it, and where in the file each of its keys stands.
struct SpecDocument {
    /// A value of the few types that a spec is made of.
    enum Value: Equatable {
        case text(String)
        case whole(Int)
        case number(Double)
        case list([Value])
        case table([String: Value])
        /// Of another type, by TOML's name for it.
        case other(String)
    }

    let path: String
    let text: String
    let root: [String: Value]
    private let lines: KeyLines

    init(_ text: String, path: String) throws(RunningError) {
        (self.text, self.path) = (text, path)
        lines = KeyLines(text)
        try Self.check(text, path: path)
        do {
            let table = try TOMLTable(string: text)
            root = withExtendedLifetime(table) { Self.values(of: table) }
        } catch let error as TOMLParseError {
            throw .usage("\(path), line \(error.source.begin.line): \(error.description); a spec is written in TOML")
        } catch {
            throw .usage("\(path) is no TOML: \(error)")
        }
    }

    /// The parser follows a key's parts one within the other, and texts of the system end at a NUL.
    private static func check(_ text: String, path: String) throws(RunningError) {
        for (at, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.utf8.contains(0), !line.lowercased().contains("\\u0000") else {
                throw .usage("\(path), line \(at + 1): there is a NUL in it, which no path or value can have")
            }
            guard line.prefix(while: { $0 != "=" }).count(where: { $0 == "." }) <= mostParts else {
                throw .usage("\(path), line \(at + 1): a key has more than \(mostParts) parts")
            }
        }
    }

    private static let mostParts = 1_000

    /// An error about one key, with its line.
    func error(_ keys: [String], _ what: String) -> RunningError {
        .usage("\(path), line \(lines.line(of: keys)): \(what)")
    }

    /// On which line a key stands: 1 where there is none.
    func line(of keys: [String]) -> Int { lines.line(of: keys) }

    private static func values(of table: TOMLTable) -> [String: Value] {
        table.keys.reduce(into: [:]) { values, key in values[key] = table[key].map(value) }
    }

    private static func value(_ value: any TOMLValueConvertible) -> Value {
        if let text = value.string { return .text(text) }
        if let whole = value.int { return .whole(whole) }
        if let number = value.double { return .number(number) }
        if let array = value.array { return .list((0..<array.count).map { self.value(array[$0]) }) }
        if let table = value.table { return .table(values(of: table)) }
        return .other("\(value.type)")
    }
}

/// On which line of a TOML text each key stands: TOMLKit tells the lines of wrong syntax only.
struct KeyLines {
    private var lineOf: [[String]: Int] = [:]

    init(_ text: String) {
        var table: [String] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.drop { $0 == " " || $0 == "\t" }
            if words.first == "[", let end = words.firstIndex(of: "]") {
                table = Self.keys(words[words.index(after: words.startIndex)..<end])
                note(table, number + 1)
            } else if let equals = words.firstIndex(of: "="), words.first != "#" {
                note(table + Self.keys(words[..<equals]), number + 1)
            }
        }
    }

    /// The line of the key, or else of the nearest that it is in; 1 where there is none.
    func line(of keys: [String]) -> Int {
        var keys = keys
        while !keys.isEmpty {
            if let line = lineOf[keys] { return line }
            keys.removeLast()
        }
        return 1
    }

    private mutating func note(_ keys: [String], _ line: Int) {
        if lineOf[keys] == nil { lineOf[keys] = line }
    }

    private static func keys(_ text: Substring) -> [String] {
        text.split(separator: ".").map { part in
            String(
                part.drop { $0 == " " || $0 == "\"" || $0 == "'" }.reversed().drop {
                    $0 == " " || $0 == "\"" || $0 == "'" || $0 == "\t"
                }.reversed())
        }
    }
}
