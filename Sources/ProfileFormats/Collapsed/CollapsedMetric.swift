import ProfileModel

/// What the numbers of a file of collapsed stacks measure, and how they are read.
struct CollapsedMetric {
    private(set) var clock = Clock.wall
    private(set) var caveat: Caveat?
    private let unit: Int64
    private let isDifference: Bool
    /// Of austin's full mode: whether only what was not idle counts.
    private var onlyRunning = false
    private let isFull: Bool
    private let takesFirst: Bool

    /// - Parameter type: of austin's full mode `wall`, or `cpu` for what was not idle; of two numbers a line `first` or `second`.
    init(_ header: CollapsedHeader, type: String?) throws(FormatError) {
        unit = header.nanosecondsPerCount
        isFull = header.mode == "full"
        isDifference = header.isDifference && !isFull
        if header.mode == "memory" {
            throw FormatError(
                "its numbers are bytes (austin's mode memory), and no time",
                remedy: "give a profile of wall or processor time")
        }
        let types = isFull ? ["wall", "cpu"] : isDifference ? ["first", "second"] : []
        if let type, !types.contains(type) {
            throw FormatError(
                types.isEmpty ? "the file has one number for each stack" : "the file has no '\(type)'",
                remedy: types.isEmpty
                    ? "leave out --type" : "with --type, name one of: \(types.joined(separator: ", "))")
        }
        onlyRunning = type == "cpu"
        clock = header.mode == "cpu" || onlyRunning ? .cpu : .wall
        takesFirst = type == "first"
        caveat =
            isFull
            ? Caveat(
                code: "several-times",
                text:
                    "the figures are of '\(onlyRunning ? "cpu" : "wall")'; austin's full mode has wall and cpu: --type takes either"
            )
            : isDifference
                ? Caveat(
                    code: "several-times",
                    text:
                        "each stack has two numbers, of two profiles: the \(takesFirst ? "first" : "second") counts; --type takes first or second"
                )
                : nil
    }

    /// The stack without the number that does not count.
    func stack(of line: CollapsedLine) -> ArraySlice<UInt8> {
        isDifference ? CollapsedLine(line.stack)?.stack ?? line.stack : line.stack
    }

    func read(_ line: CollapsedLine, number: Int) throws(FormatError) -> (count: Int64, nanoseconds: Int64) {
        let numbers = takesFirst ? CollapsedLine(line.stack)?.numbers ?? line.numbers : line.numbers
        let fields = numbers.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
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
