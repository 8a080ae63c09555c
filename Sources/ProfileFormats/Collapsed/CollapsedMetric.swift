import ProfileModel

/// What the numbers of a file of collapsed stacks measure, and how they are read.
struct CollapsedMetric {
    private(set) var clock = Clock.wall
    private(set) var caveat: Caveat?
    private let unit: Int64
    /// Of austin's full mode: whether only what was not idle counts.
    private var onlyRunning = false
    private let isFull: Bool
    /// How many numbers a line has, and how many of them stand behind the one that counts.
    private let numbers: Int
    private var behind = 0
    private static let ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    ]

    /// - Parameter type: of austin's full mode `wall`, or `cpu` for what was not idle; of several numbers a line `first`, `second` and so on.
    init(_ header: CollapsedHeader, type: String?) throws(FormatError) {
        unit = header.nanosecondsPerCount
        isFull = header.mode == "full"
        numbers = isFull ? 1 : header.numbersPerLine
        if header.mode == "memory" { throw AustinMode.memory }
        let types = isFull ? AustinMode.types : numbers > 1 ? Array(Self.ordinals.prefix(numbers)) : []
        if let type, !types.contains(type) {
            throw FormatError(
                types.isEmpty ? "the file has one number for each stack" : "the file has no '\(type)'",
                remedy: types.isEmpty
                    ? "leave out --type" : "with --type, name one of: \(types.joined(separator: ", "))")
        }
        onlyRunning = isFull && type == "cpu"
        clock = header.mode == "cpu" || onlyRunning ? .cpu : .wall
        if isFull {
            caveat = AustinMode.caveat(onlyRunning ? "cpu" : "wall")
        } else if numbers > 1 {
            let chosen = type.flatMap { types.firstIndex(of: $0) } ?? numbers - 1
            behind = numbers - 1 - chosen
            caveat = Caveat(
                code: "several-times",
                text:
                    "each stack has \(numbers == 2 ? "two numbers, of two profiles" : "\(numbers) numbers"): the \(types[chosen]) counts; --type takes \(types.joined(separator: " or "))"
            )
        }
    }

    /// The stack without the numbers that do not count.
    func stack(of line: CollapsedLine) -> ArraySlice<UInt8> {
        var rest = line
        for _ in 1..<max(1, numbers) { rest = rest.beforeLast ?? rest }
        return rest.stack
    }

    func read(_ line: CollapsedLine, number: Int) throws(FormatError) -> (count: Int64, nanoseconds: Int64) {
        var counted = line
        for _ in 0..<behind { counted = counted.beforeLast ?? counted }
        let fields = counted.numbers.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard fields.count == 1 || isFull && fields.count == 3,
            let value = DecimalNumber(String(decoding: fields[0], as: UTF8.self))
        else {
            throw FormatError(
                "line \(number) does not end in a count",
                remedy: "each line has to be frames joined by “;”, a space and a number")
        }
        if onlyRunning, fields.count == 3, fields[1].elementsEqual("1".utf8) { return (0, 0) }
        return try weights(value, line: number)
    }

    private func weights(_ value: DecimalNumber, line: Int) throws(FormatError) -> (count: Int64, nanoseconds: Int64) {
        guard let count = value.scaled(by: 1), let nanoseconds = value.scaled(by: unit),
            nanoseconds <= PprofHeader.largest
        else {
            throw .damaged("the count on line \(line) is more than any run has")
        }
        guard nanoseconds >= 0 else {
            throw FormatError(
                "the count on line \(line) is negative",
                remedy: "a difference of profiles cannot be read; give the profiles themselves")
        }
        return (count == 0 && nanoseconds > 0 ? 1 : count, nanoseconds)
    }
}

/// What austin's modes measure, in any of its formats.
enum AustinMode {
    /// Of the full mode, beside bytes.
    static let types = ["wall", "cpu"]

    static func caveat(_ chosen: String) -> Caveat {
        Caveat(
            code: "several-times",
            text: "the figures are of '\(chosen)'; austin's full mode has wall and cpu: --type takes either")
    }

    static var memory: FormatError {
        FormatError(
            "its numbers are bytes (austin's mode memory), and no time",
            remedy: "give a profile of wall or processor time")
    }
}
