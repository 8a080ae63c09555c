import Glibc
import Testing

@testable import Capture

/// What becomes of the tasks that looks found.
@Suite struct TaskNamesTests {
    /// The notes as they are set, each of a slot of its own or not, and what the log is told of names.
    private func numbers(_ notes: [(TaskNote) -> Void], slots: Int = 1) throws -> ([UInt32], names: [UInt32: String]) {
        let path = temporaryPath()
        defer { unlink(path) }
        let log = try #require(LogWriter(path: path))
        let note = TaskNote.allocate()
        defer { note.deallocate() }
        var tasks = TaskNames(log: log)
        let numbers = notes.enumerated().map { at, set in
            set(note)
            return tasks.number(of: note, slot: at % slots)
        }
        log.close()
        var names: [UInt32: String] = [:]
        _ = try LogReader(bytes(of: path)).forEach { record in
            guard case .task(let number, let name) = record else { return }
            #expect(names[number] == nil, "told twice")
            names[number] = name
        }
        return (numbers, names)
    }

    private func named(_ name: [UInt8], width: Int = 1) -> (TaskNote) -> Void {
        { note in
            name.withUnsafeBytes {
                let text = CopiedCodes.Text(
                    address: UInt(bitPattern: $0.baseAddress), size: Int32($0.count), width: Int32(width))
                #expect(note.set(text, by: 0))
            }
        }
    }

    @Test func eachNameIsToldOnce() throws {
        let (a, b) = (named(Array("a".utf8)), named(Array("b".utf8)))
        let (numbers, names) = try numbers([a, b, a, a, b, { $0.setNone() }, { $0.setUnknown() }, a], slots: 2)
        #expect(numbers == [2, 3, 2, 2, 3, TaskNames.none, TaskNames.unknown, 2] && names == [2: "a", 3: "b"])
    }

    @Test func aNumberIsANameOfAsyncios() throws {
        let (numbers, names) = try numbers([{ $0.set(number: 1 << 40) }, { $0.set(number: 7) }])
        #expect(numbers == [2, 3] && names == [2: "Task-1099511627776", 3: "Task-7"])
    }

    @Test func namesOfAnyWidthAreRead() throws {
        let wide = named([0xe5, 0x65, 0x2c, 0x67], width: 2)
        let wider = named([0x00, 0xf6, 0x01, 0x00], width: 4)
        #expect(try numbers([wide, wider, named([])]).names == [2: "日本", 3: "\u{1f600}", 4: ""])
    }

    @Test func aLongNameIsCutAndStaysApartFromItsBeginning() throws {
        let long = [UInt8](repeating: 120, count: 5000)
        let names = try numbers([named(long), named(Array(long.prefix(488)))]).names
        #expect(names.count == 2 && names[2] == String(repeating: "x", count: 488) + "…" && names[3]?.count == 488)
    }

    /// Of names without end the first ones are told, and all others are one.
    @Test func furtherNamesAreOne() throws {
        let notes = (0..<6000).map { at in { (note: TaskNote) in note.set(number: UInt64(at)) } }
        let (numbers, names) = try numbers(notes + [notes[0]])
        #expect(Set(numbers).count == TaskNames.most + 1 && numbers.last == 2 && names.count == TaskNames.most + 1)
        #expect(names[numbers[5999]] == "tasks beyond the 4,096th name")
    }

    @Test func memoryThatIsNotThereIsNotRead() {
        let note = TaskNote.allocate()
        defer { note.deallocate() }
        #expect(!note.set(CopiedCodes.Text(address: 4096, size: 8, width: 1), by: getpid()) && note.isNone)
    }
}
