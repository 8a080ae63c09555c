/// What a pickle can hold of the types that line_profiler's files have.
indirect enum PickleValue {
    case none
    case integer(Int64)
    case number(Double)
    case text(String)
    /// How deep tuples are within tuples; what is in a box does not count.
    case tuple([PickleValue], depth: Int)
    case list(Box<[PickleValue]>)
    case dictionary(Box<[(key: PickleValue, value: PickleValue)]>)
    /// An object's class, never looked up.
    case name(String)
    /// An object: its class, and what it was to be built from.
    case object(name: String, state: Box<PickleValue?>)

    /// What is changed after it was memoised. It may come to hold itself.
    final class Box<Value>: PickleBox {
        var value: Value
        private let nothing: Value

        init(_ nothing: Value) { (value, self.nothing) = (nothing, nothing) }

        func empty() { value = nothing }
    }

    fileprivate var depth: Int { if case .tuple(_, let depth) = self { depth } else { 0 } }

    var asInteger: Int64? { if case .integer(let value) = self { value } else { nil } }
    var asText: String? { if case .text(let value) = self { value } else { nil } }
    var asTuple: [PickleValue]? { if case .tuple(let value, _) = self { value } else { nil } }
    var asList: [PickleValue]? { if case .list(let value) = self { value.value } else { nil } }
    var asDictionary: [(key: PickleValue, value: PickleValue)]? {
        if case .dictionary(let value) = self { value.value } else { nil }
    }
    var asNumber: Double? { if case .number(let value) = self { value } else { asInteger.map { Double($0) } } }

    func value(of key: String) -> PickleValue? { asDictionary?.first { $0.key.asText == key }?.value }
}

protocol PickleBox: AnyObject {
    func empty()
}

/// Reads pickles of protocols 2 to 5 as plain data (CPython, `Lib/pickletools.py`).
///
/// No class is looked up and nothing is called: an object is its class's name and its state. What can only be had by a
/// call (`REDUCE`) is refused.
struct PickleReader {
    /// line_profiler's files nest tuples once.
    private static let deepest = 16

    private let bytes: [UInt8]
    private var at = 0
    private var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo: [PickleValue] = []
    /// All that were made. They are emptied one by one, for a chain of them would be given back by recursion, and a ring never.
    private var boxes: [any PickleBox] = []

    /// What `use` makes of the pickle, which is gone afterwards.
    static func read<Result>(_ bytes: [UInt8], _ use: (PickleValue) throws(FormatError) -> Result) throws(FormatError)
        -> Result
    {
        var reader = PickleReader(bytes)
        defer { for box in reader.boxes { box.empty() } }
        while try reader.step() {}
        guard let value = reader.stack.last, reader.stack.count == 1 else {
            throw .damaged("the pickle ends with more or less than one value")
        }
        return try use(value)
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether there is a further instruction.
    private mutating func step() throws(FormatError) -> Bool {
        let code = try little(1)
        switch code {
        case 0x80: _ = try little(1)
        case 0x95: _ = try little(8)
        case 0x2E: return false
        case 0x28: marks.append(stack.count)
        case 0x4E: stack.append(.none)
        case 0x4B: stack.append(.integer(Int64(try little(1))))
        case 0x4D: stack.append(.integer(Int64(try little(2))))
        case 0x4A: stack.append(.integer(Int64(Int32(truncatingIfNeeded: try little(4)))))
        case 0x8A: stack.append(.integer(try long()))
        case 0x47: stack.append(.number(Double(bitPattern: try little(8).byteSwapped)))
        case 0x88, 0x89: stack.append(.integer(code == 0x88 ? 1 : 0))
        case 0x8C, 0x55: stack.append(.text(try text(try little(1))))
        case 0x58, 0x54: stack.append(.text(try text(try little(4))))
        default: try build(code)
        }
        return true
    }

    private mutating func build(_ code: UInt64) throws(FormatError) {
        switch code {
        case 0x29: try push(tuple: [])
        case 0x85, 0x86, 0x87: try push(tuple: try pop(Int(code - 0x84)))
        case 0x74: try push(tuple: try popToMark())
        case 0x5D: stack.append(.list(boxed([])))
        case 0x61: try append(try pop(1))
        case 0x65: try append(try popToMark())
        case 0x7D: stack.append(.dictionary(boxed([])))
        case 0x73: try set(try pop(2))
        case 0x75: try set(try popToMark())
        default: try remember(code)
        }
    }

    private mutating func remember(_ code: UInt64) throws(FormatError) {
        switch code {
        case 0x94: memo.append(try top())
        case 0x71: try put(try little(1))
        case 0x72: try put(try little(4))
        case 0x68: try get(try little(1))
        case 0x6A: try get(try little(4))
        default: try object(code)
        }
    }

    private mutating func object(_ code: UInt64) throws(FormatError) {
        switch code {
        case 0x63: stack.append(.name("\(try line()).\(try line())"))
        case 0x93: stack.append(.name(try pop(2).map { $0.asText ?? "" }.joined(separator: ".")))
        case 0x81:
            guard case .name(let name)? = try pop(2).first else { throw unknown }
            stack.append(.object(name: name, state: boxed(nil)))
        case 0x62:
            let state = try pop(1)
            guard case .object(_, let slot) = try top() else { throw unknown }
            slot.value = state.first
        default: throw unknown
        }
    }

    // MARK: Collections

    private mutating func boxed<Value>(_ nothing: Value) -> PickleValue.Box<Value> {
        let box = PickleValue.Box(nothing)
        boxes.append(box)
        return box
    }

    private mutating func push(tuple elements: [PickleValue]) throws(FormatError) {
        let depth = 1 + elements.reduce(0) { max($0, $1.depth) }
        guard depth <= Self.deepest else { throw .damaged("it is nested too deep, at byte \(at)") }
        stack.append(.tuple(elements, depth: depth))
    }

    private mutating func append(_ values: [PickleValue]) throws(FormatError) {
        guard case .list(let list) = try top() else { throw unknown }
        list.value += values
    }

    private mutating func set(_ values: [PickleValue]) throws(FormatError) {
        guard case .dictionary(let dictionary) = try top(), values.count % 2 == 0 else { throw unknown }
        for index in stride(from: 0, to: values.count, by: 2) {
            dictionary.value.append((values[index], values[index + 1]))
        }
    }

    // MARK: Stack and memo

    private func top() throws(FormatError) -> PickleValue {
        guard let top = stack.last, stack.count > marks.last ?? 0 else { throw unknown }
        return top
    }

    private mutating func pop(_ count: Int) throws(FormatError) -> [PickleValue] {
        guard stack.count - (marks.last ?? 0) >= count else { throw unknown }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popToMark() throws(FormatError) -> [PickleValue] {
        guard let mark = marks.popLast() else { throw unknown }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }

    /// Memoised in order, by all that writes pickles.
    private mutating func put(_ index: UInt64) throws(FormatError) {
        guard index <= memo.count else { throw unknown }
        if index == memo.count { memo.append(try top()) } else { memo[Int(index)] = try top() }
    }

    private mutating func get(_ index: UInt64) throws(FormatError) {
        guard index < memo.count else { throw unknown }
        stack.append(memo[Int(index)])
    }

    // MARK: Bytes

    private mutating func long() throws(FormatError) -> Int64 {
        let count = Int(try little(1))
        guard count <= 8 else { throw .damaged("the number at byte \(at) is more than any count") }
        guard count > 0 else { return 0 }
        let bits = try little(count)
        let shift = UInt64(64 - 8 * count)
        return Int64(bitPattern: bits << shift) >> Int64(shift)
    }

    private mutating func text(_ count: UInt64) throws(FormatError) -> String {
        guard count <= UInt64(bytes.count - at) else { throw cutShort }
        defer { at += Int(count) }
        return String(escapingInvalid: bytes[at..<at + Int(count)])
    }

    private mutating func line() throws(FormatError) -> String {
        guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) else { throw cutShort }
        defer { at = end + 1 }
        return String(escapingInvalid: bytes[at..<end])
    }

    private mutating func little(_ count: Int) throws(FormatError) -> UInt64 {
        guard count <= bytes.count - at else { throw cutShort }
        defer { at += count }
        return bytes[at..<at + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private var cutShort: FormatError { .damaged("cut short at byte \(at) of \(bytes.count)") }
    private var unknown: FormatError {
        .damaged("byte \(at - 1) is no instruction that a file of line_profiler has there; nothing in it is executed")
    }
}
