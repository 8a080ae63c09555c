/// A regular expression that a whole text must match, in a time that grows with the text alone, whatever the expression.
///
/// It knows what such expressions in profiles have: literals, `.`, classes, groups, `|`, `*`, `+`, `?` and escapes. (K. Thompson,
/// "Regular expression search algorithm", Communications of the ACM 11, 1968.)
struct LinearExpression {
    private enum Step {
        case character(Set<Character>, isNegated: Bool, ranges: [ClosedRange<Character>])
        case any
        /// Both ways are tried.
        case split(Int, Int)
        case jump(Int)
        case end
    }

    /// Longer ones are none that a person wrote.
    private static let longest = 2_048

    private var steps: [Step] = []

    /// `nil` where the expression has something that is not known.
    init?(_ expression: String) {
        guard expression.count <= Self.longest else { return nil }
        var parser = Parser(expression)
        guard let node = parser.alternatives(depth: 0), parser.isAtEnd else { return nil }
        compile(node)
        steps.append(.end)
    }

    func matches(_ text: String) -> Bool {
        var active = Set<Int>()
        follow(0, &active)
        for character in text {
            var next = Set<Int>()
            for at in active where accepts(steps[at], character) { follow(at + 1, &next) }
            if next.isEmpty { return false }
            active = next
        }
        return active.contains { if case .end = steps[$0] { true } else { false } }
    }

    private func accepts(_ step: Step, _ character: Character) -> Bool {
        switch step {
        case .any: character != "\n"
        case .character(let set, let isNegated, let ranges):
            (set.contains(character) || ranges.contains { $0.contains(character) }) != isNegated
        default: false
        }
    }

    /// Adds all steps that are reached from one without a character.
    private func follow(_ start: Int, _ reached: inout Set<Int>) {
        var open = [start]
        while let at = open.popLast() {
            guard reached.insert(at).inserted else { continue }
            switch steps[at] {
            case .split(let one, let other): open += [one, other]
            case .jump(let target): open.append(target)
            default: break
            }
        }
    }

    private mutating func compile(_ node: Node) {
        switch node {
        case .step(let step): steps.append(step)
        case .sequence(let nodes): for node in nodes { compile(node) }
        case .either(let one, let other):
            let split = reserve()
            compile(one)
            let jump = reserve()
            steps[split] = .split(split + 1, steps.count)
            compile(other)
            steps[jump] = .jump(steps.count)
        case .repeated(let inner, let least, let isEndless):
            let start = steps.count
            let split = least == 0 ? reserve() : nil
            compile(inner)
            if isEndless {
                let back = split ?? start
                steps.append(.split(back, steps.count + 1))
            }
            if let split { steps[split] = .split(split + 1, steps.count) }
        }
    }

    private mutating func reserve() -> Int {
        steps.append(.end)
        return steps.count - 1
    }

    private indirect enum Node {
        case step(Step)
        case sequence([Node])
        case either(Node, Node)
        case repeated(Node, least: Int, isEndless: Bool)
    }

    private struct Parser {
        private let text: [Character]
        private var at = 0
        private static let deepest = 64

        init(_ text: String) { self.text = Array(text) }

        var isAtEnd: Bool { at == text.count }
        private var next: Character? { at < text.count ? text[at] : nil }

        mutating func alternatives(depth: Int) -> Node? {
            guard depth < Self.deepest, var node = sequence(depth) else { return nil }
            while next == "|" {
                at += 1
                guard let other = sequence(depth) else { return nil }
                node = .either(node, other)
            }
            return node
        }

        private mutating func sequence(_ depth: Int) -> Node? {
            var nodes: [Node] = []
            while let character = next, character != "|", character != ")" {
                // The whole text is matched in any case.
                if character == "^" && at == 0 || character == "$" && at == text.count - 1 {
                    at += 1
                    continue
                }
                guard let atom = atom(depth), let node = repetition(of: atom) else { return nil }
                nodes.append(node)
            }
            return .sequence(nodes)
        }

        private mutating func repetition(of atom: Node) -> Node? {
            var node = atom
            while let character = next, "*+?{".contains(character) {
                at += 1
                switch character {
                case "*": node = .repeated(node, least: 0, isEndless: true)
                case "+": node = .repeated(node, least: 1, isEndless: true)
                case "?": node = .repeated(node, least: 0, isEndless: false)
                default: return nil
                }
                // Whether as much or as little as can be is taken makes no difference to a whole text.
                if next == "?" { at += 1 }
            }
            return node
        }

        private mutating func atom(_ depth: Int) -> Node? {
            guard let character = next else { return nil }
            at += 1
            switch character {
            case "(": return group(depth)
            case "[": return characterClass()
            case ".": return .step(.any)
            case "\\": return escape()
            case "*", "+", "?", "{", "^", "$": return nil
            default: return Self.literal(character)
            }
        }

        private mutating func group(_ depth: Int) -> Node? {
            if next == "?" {
                guard at + 1 < text.count, text[at + 1] == ":" else { return nil }
                at += 2
            }
            guard let inner = alternatives(depth: depth + 1), next == ")" else { return nil }
            at += 1
            return inner
        }

        private mutating func escape() -> Node? {
            guard let character = next else { return nil }
            at += 1
            switch character {
            case "d": return .step(.character([], isNegated: false, ranges: ["0"..."9"]))
            case "w": return .step(.character(["_"], isNegated: false, ranges: ["0"..."9", "a"..."z", "A"..."Z"]))
            case "s": return .step(.character([" ", "\t", "\n"], isNegated: false, ranges: []))
            default: return character.isLetter || character.isNumber ? nil : Self.literal(character)
            }
        }

        private mutating func characterClass() -> Node? {
            let isNegated = next == "^"
            if isNegated { at += 1 }
            var (set, ranges): (Set<Character>, [ClosedRange<Character>]) = ([], [])
            var isFirst = true
            while let character = next, character != "]" || isFirst {
                isFirst = false
                at += 1
                var low = character
                if character == "\\" {
                    guard let escaped = next, !escaped.isLetter, !escaped.isNumber else { return nil }
                    (low, at) = (escaped, at + 1)
                }
                if next == "-", at + 1 < text.count, text[at + 1] != "]" {
                    guard low <= text[at + 1] else { return nil }
                    ranges.append(low...text[at + 1])
                    at += 2
                } else {
                    set.insert(low)
                }
            }
            guard next == "]" else { return nil }
            at += 1
            return .step(.character(set, isNegated: isNegated, ranges: ranges))
        }

        private static func literal(_ character: Character) -> Node {
            .step(.character([character], isNegated: false, ranges: []))
        }
    }
}
