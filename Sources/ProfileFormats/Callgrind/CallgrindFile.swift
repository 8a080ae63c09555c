/// A callgrind file that grows by a line at a time (Valgrind, "Callgrind Format Specification").
struct CallgrindFile {
    struct Row {
        var file: String
        var name: String
        /// By line, in nanoseconds.
        var own: [Int64: Int64] = [:]
        /// Calls of it, of which not those that it made itself.
        var calls: Int64 = 0
        /// The time of its calls of others.
        var inCallees: Int64 = 0
        /// What others' calls of it took, and whether the file says how it passed that time.
        var inCallers: Int64 = 0
        var hasOwnLines = false
    }

    private struct Key: Hashable {
        var file: String
        var name: String
    }

    private(set) var functions: [Row] = []
    private(set) var eventNames: [String] = []
    /// The one that is read.
    private(set) var event: String?
    private(set) var creator = ""
    private(set) var comments: [String] = []
    /// Of all functions' own times.
    private(set) var total: Int64 = 0

    private let type: String?
    private var index = 0
    private var unit: Int64 = 1
    private var positions = 1
    private var known: [Key: Int] = [:]
    private var files: [String: String] = [:]
    private var names: [String: String] = [:]
    private var file = ""
    /// Where cost lines belong.
    private var function: Int?
    private var calledFile: String?
    private var called: (function: Int, count: Int64)?
    private var isCall = false
    private var last: Int64 = 0

    init(type: String?) { self.type = type }

    var isOwn: Bool { creator == "swprof" }

    mutating func add(_ line: String) throws(FormatError) {
        guard let first = line.utf8.first, first != UInt8(ascii: "#") else { return }
        if 0x30...0x39 ~= first || first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
            || first == UInt8(ascii: "*")
        {
            return try addCost(line)
        }
        if let equals = line.firstIndex(of: "="), !line[..<equals].contains(":") {
            return try add(line[..<equals], String(line[line.index(after: equals)...]))
        }
        guard let colon = line.firstIndex(of: ":") else { throw .damaged("it is none that a callgrind file has") }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        try addHeader(String(line[..<colon]), String(value))
    }

    private mutating func addHeader(_ key: String, _ value: String) throws(FormatError) {
        switch key {
        case "creator": creator = value
        case "positions": positions = max(1, value.split(separator: " ").count)
        case "events": try choose(value.split(separator: " ").map(String.init))
        case "desc" where value.hasPrefix("swprof: [") && value.hasSuffix("]"):
            comments.append(String(value.dropFirst("swprof: [".count).dropLast()))
        default: break
        }
    }

    private mutating func choose(_ events: [String]) throws(FormatError) {
        eventNames = events
        let times = events.enumerated().compactMap { index, name in Self.unit(of: name).map { (index, name, $0) } }
        guard let time = type.map({ wanted in times.first { $0.1 == wanted } }) ?? times.first else {
            throw FormatError(
                "its events are no time (\(events.joined(separator: ", ")))",
                remedy: "give a profile of wall or processor time")
        }
        (index, event, unit) = time
    }

    /// Of tools of Python: yappi's are microseconds, and those of others their own.
    private static let ticks = "Ticks"

    /// Whether the event is a time whose unit the file does not tell.
    var isOfUnknownUnit: Bool { event == Self.ticks && creator != "yappi" }

    /// In nanoseconds; `Time_(10ns)` is Xdebug's.
    private static func unit(of event: String) -> Int64? {
        if let open = event.firstIndex(of: "("), event.hasSuffix(")") {
            let inside = event[event.index(after: open)...].dropLast()
            let digits = inside.prefix { $0.isNumber }
            guard let unit = TimeUnit.nanoseconds(String(inside.dropFirst(digits.count))) else { return nil }
            return digits.isEmpty ? unit : Int64(digits).flatMap { $0 <= 1_000_000 ? $0 * unit : nil }
        }
        return event == "Time" || event == ticks ? 1_000 : TimeUnit.nanoseconds(event)
    }

    private mutating func add(_ key: Substring, _ value: String) throws(FormatError) {
        switch key {
        case "fl", "fi", "fe":
            file = Self.name(value, &files)
            if key == "fl" { function = nil }
        case "fn":
            function = row(file, Self.name(value, &names))
            if let function { functions[function].hasOwnLines = true }
            calledFile = nil
        case "cfi", "cfl": calledFile = Self.name(value, &files)
        case "cfn": called = (row(calledFile ?? file, Self.name(value, &names)), 0)
        case "calls":
            guard let count = value.split(separator: " ").first.flatMap({ Int64($0) }), count >= 0 else {
                throw .damaged("there is no number of calls")
            }
            called?.count = count
            isCall = true
        default: break
        }
    }

    private mutating func addCost(_ line: String) throws(FormatError) {
        let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard fields.count >= positions, let place = position(fields[positions - 1]) else {
            throw .damaged("it has no position")
        }
        last = place
        guard event != nil else { throw .damaged("costs come before the events are named") }
        let cost = fields.count > positions + index ? Int64(fields[positions + index]) : 0
        guard let cost, cost >= 0 else { throw .damaged("it has no cost") }
        let (time, overflows) = cost.multipliedReportingOverflow(by: unit)
        guard !overflows, time <= PprofHeader.largest else { throw .damaged("its cost is longer than any run") }
        if isCall { return addCall(time) }
        guard let function else { throw .damaged("its cost is of no function") }
        functions[function].own[place, default: 0].addClamped(time)
        total.addClamped(time)
    }

    private mutating func addCall(_ time: Int64) {
        isCall = false
        calledFile = nil
        guard let called, let function, called.function != function else {
            if let called { functions[called.function].calls.addClamped(called.count) }
            return
        }
        functions[called.function].calls.addClamped(called.count)
        functions[function].inCallees.addClamped(time)
        functions[called.function].inCallers.addClamped(time)
    }

    /// A function that appears only as a callee, as of a library that was not looked into, has the time of its calls as its own.
    mutating func settle() {
        for at in functions.indices where !functions[at].hasOwnLines && functions[at].inCallers > 0 {
            functions[at].own[0, default: 0].addClamped(functions[at].inCallers)
            total.addClamped(functions[at].inCallers)
        }
    }

    /// A number, or one that follows from the last.
    private func position(_ field: Substring) -> Int64? {
        if field == "*" { return last }
        if field.hasPrefix("+") {
            return Int64(field.dropFirst()).flatMap { last.addingReportingOverflow($0).overflow ? nil : last + $0 }
        }
        if field.hasPrefix("-") {
            return Int64(field.dropFirst()).flatMap { last.subtractingReportingOverflow($0).overflow ? nil : last - $0 }
        }
        return field.hasPrefix("0x") ? Int64(field.dropFirst(2), radix: 16) : Int64(field)
    }

    /// `(3) name` gives a number to a name, and `(3)` is that name again.
    private static func name(_ value: String, _ known: inout [String: String]) -> String {
        guard value.hasPrefix("("), let close = value.firstIndex(of: ")"),
            value[..<close].dropFirst().allSatisfy(\.isNumber)
        else {
            return PercentEscapes.unescape(value)
        }
        let number = String(value[..<close].dropFirst())
        let name = value[value.index(after: close)...].drop { $0 == " " }
        // A name may be empty, where it comes first.
        if !name.isEmpty || known[number] == nil { known[number] = PercentEscapes.unescape(name) }
        return known[number] ?? ""
    }

    private mutating func row(_ file: String, _ name: String) -> Int {
        let key = Key(file: file, name: name)
        if let row = known[key] { return row }
        known[key] = functions.count
        functions.append(Row(file: file, name: name))
        return functions.count - 1
    }
}
