import ProfileModel

/// The marks of lines to and from the fields of comments, one comment a file.
enum PprofMarks {
    static func fields(of marks: [String: [Int: LineMark]]) -> [[String]] {
        marks.sorted { $0.key < $1.key }.map { file, lines in
            [file]
                + lines.sorted { $0.key < $1.key }.map { number, mark in
                    "\(number):\(String(mark.text, radix: 16)):\(String(mark.neighbours, radix: 16))"
                }
        }
    }

    static func marks(of comments: [[String]]) throws(FormatError) -> [String: [Int: LineMark]] {
        var marks: [String: [Int: LineMark]] = [:]
        for fields in comments {
            for field in fields.dropFirst() {
                let (number, mark) = try line(field)
                marks[fields[0], default: [:]][number] = mark
            }
        }
        return marks
    }

    private static func line(_ field: String) throws(FormatError) -> (Int, LineMark) {
        let parts = field.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let number = Int(parts[0]), number > 0, let text = UInt32(parts[1], radix: 16),
            let neighbours = UInt32(parts[2], radix: 16)
        else { throw PprofComments.wrong("marks") }
        return (number, LineMark(text: text, neighbours: neighbours))
    }
}
