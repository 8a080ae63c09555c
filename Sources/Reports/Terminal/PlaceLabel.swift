/// A function's name and where it stands, fitted to a column so that name and line number stay whole.
struct PlaceLabel {
    /// What stands before the name, such as a tree's indentation.
    var lead = ""
    var name: String
    var ink = Ink.strong
    /// `sieve.py:4`; empty where there is none.
    var place: String
    /// What is said of it besides.
    var note = ""

    /// One line where there is room, else as many as it takes: the path gives way first.
    func lines(room: Int) -> [StyledLine] {
        let room = max(12, room)
        let lines = placed(room)
        guard !note.isEmpty, let last = lines.last else { return lines }
        let blank = Span(String(repeating: " ", count: Self.gap))
        let said = [blank, Span(note, .faint)]
        if last.columns + Self.gap + note.columns <= room { return lines.dropLast() + [StyledLine(last.spans + said)] }
        return lines + Self.broken(StyledLine(said), room, blank.text)
    }

    private func placed(_ room: Int) -> [StyledLine] {
        let first = StyledLine([Span(lead), Span(name, ink)])
        guard !place.isEmpty else { return Self.broken(first, room, lead) }
        let left = room - first.columns - Self.gap
        if let fitting = Self.shortened(place, to: left) {
            return [StyledLine(first.spans + [Span(String(repeating: " ", count: Self.gap)), Span(fitting, .faint)])]
        }
        let below = String(repeating: " ", count: min(lead.columns + Self.gap, room / 2))
        let own = Self.shortened(place, to: room - below.columns) ?? place
        return Self.broken(first, room, below) + Self.broken(StyledLine([Span(below), Span(own, .faint)]), room, below)
    }

    private static let gap = 2

    /// The place as it is, without its folders, or without the beginning of the file's name; `nil` where none fits.
    private static func shortened(_ place: String, to room: Int) -> String? {
        if place.legible().columns <= room { return place }
        let file = place.split(separator: "/").last.map(String.init) ?? place
        return file != place && file.columns + 2 <= room ? "…/" + file : nil
    }

    /// Cut into lines of so many columns, the later ones set in.
    private static func broken(_ line: StyledLine, _ room: Int, _ indent: String) -> [StyledLine] {
        guard line.columns > room, indent.columns < room else { return [line] }
        var lines: [StyledLine] = []
        var current = StyledLine()
        for span in line.spans {
            for character in span.text {
                let next = Span(String(character), span.ink)
                if current.columns + next.text.columns > room {
                    lines.append(current)
                    current = StyledLine(indent)
                }
                current.spans.append(next)
            }
        }
        return (lines + [current]).map(\.joined)
    }
}

extension StyledLine {
    /// With neighbouring pieces of one ink as one.
    fileprivate var joined: StyledLine {
        spans.reduce(into: StyledLine()) { line, span in
            if let last = line.spans.last, last.ink == span.ink {
                line.spans[line.spans.count - 1] = Span(last.text + span.text, span.ink)
            } else {
                line.spans.append(span)
            }
        }
    }
}
