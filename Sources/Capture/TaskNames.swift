/// Gives each task's name a number, and tells the log of it once. Tasks of one name have one number.
public struct TaskNames {
    public static let none: UInt32 = 0
    public static let unknown: UInt32 = 1
    private static let first: UInt32 = 2

    /// A program may make tasks without end, each with a name of its own; further ones share a number.
    static let most = 4096
    private static let others = "tasks beyond the 4,096th name"

    private let log: LogWriter
    /// By what a look wrote down.
    private var numbers: [[UInt8]: UInt32] = [:]
    private var numberOfOthers: UInt32?
    /// The last note of each slot, so that what did not change is not looked up again.
    private var recent: [Int: (note: [UInt8], number: UInt32)] = [:]

    public init(log: LogWriter) { self.log = log }

    /// The number of the task that a look at a slot's thread found.
    public mutating func number(of note: TaskNote, slot: Int) -> UInt32 {
        if note.isNone { return Self.none }
        if note.isUnknown { return Self.unknown }
        if let last = recent[slot], last.note.count == note.bytes.count, last.note.elementsEqual(note.bytes) {
            return last.number
        }
        let bytes = Array(note.bytes)
        let number = numbers[bytes] ?? add(bytes, note.name)
        recent[slot] = (bytes, number)
        return number
    }

    private mutating func add(_ bytes: [UInt8], _ name: String) -> UInt32 {
        if numbers.count < Self.most {
            let new = Self.first + UInt32(numbers.count)
            numbers[bytes] = new
            log.append(.task(number: new, name: name))
            return new
        }
        if let numberOfOthers { return numberOfOthers }
        let new = Self.first + UInt32(Self.most)
        numberOfOthers = new
        log.append(.task(number: new, name: Self.others))
        return new
    }
}
