import Capture

/// Which task a thread runs, read as `asyncio.current_task()` would tell it.
///
/// A thread that has the GIL reads its own objects directly: nobody can change or free them meanwhile, and what it was
/// changing itself when it was interrupted is in order for a reader at every instruction. Otherwise the kernel copies each
/// word, other threads may run meanwhile, and what was read counts only where all agrees: the table is complete and stays where
/// it is, the task is of the loop by which it was found, and the second reading is as the first.
extension FrameWalk {
    /// Writes down which task a thread runs.
    ///
    /// - Parameter isHeld: whether the calling thread has the GIL.
    @_noLocks
    func noteTask(of threadState: UInt, _ asyncio: UnsafePointer<AsyncioLayout>, isHeld: Bool, in note: TaskNote) {
        let reader = TaskReader(asyncio: asyncio, memory: memory, isHeld: isHeld)
        guard let task = reader.task(of: threadState) else { return note.setUnknown() }
        if task == 0 { return note.setNone() }
        guard reader.isTask(task), let name = reader.word(task, asyncio.pointee.taskName),
            noteName(name, reader, in: note),
            isHeld || (reader.task(of: threadState) == task && reader.word(task, asyncio.pointee.taskName) == name)
        else { return note.setUnknown() }
    }

    @_noLocks
    private func noteName(_ name: UInt, _ reader: TaskReader, in note: TaskNote) -> Bool {
        guard name != 0, let type = reader.word(name, layout.objectType) else { return false }
        if type == reader.asyncio.pointee.textType {
            return note.set(text(at: name, reader.isHeld), by: reader.isHeld ? 0 : memory.process)
        }
        guard type == reader.asyncio.pointee.numberType, let number = reader.number(name) else { return false }
        note.set(number: number)
        return true
    }
}

/// Follows the interpreter's objects from a thread to its task.
struct TaskReader {
    let asyncio: UnsafePointer<AsyncioLayout>
    let memory: GuardedMemory
    let isHeld: Bool

    /// A class has fewer above it, and a table of running tasks fewer entries.
    private static let mostBases = 64
    private static let mostEntries: UInt = 4096

    @_noLocks @inline(__always)
    func word(_ base: UInt, _ offset: Int) -> UInt? {
        isHeld ? load(base &+ UInt(offset)) : memory.word(at: base &+ UInt(offset))
    }

    /// 0 where the thread runs none; `nil` where that cannot be told.
    @_noLocks
    func task(of threadState: UInt) -> UInt? {
        switch asyncio.pointee.task {
        case .inThread(let offset): return word(threadState, offset)
        case .inDictionary(let dictionary):
            guard let loop = loop(of: threadState) else { return nil }
            if loop == 0 { return 0 }
            guard let task = value(of: loop, in: dictionary) else { return nil }
            if task == 0 { return 0 }
            return word(task, AsyncioLayout.taskLoop) == loop ? task : nil
        }
    }

    @_noLocks
    private func loop(of threadState: UInt) -> UInt? {
        switch asyncio.pointee.loop {
        case .inThread(let offset): return word(threadState, offset)
        case .inDictionary(let offset, let key, let holder):
            guard let dictionary = word(threadState, offset) else { return nil }
            if dictionary == 0 { return 0 }
            guard var loop = value(of: key, in: dictionary) else { return nil }
            if let holder, loop != 0 {
                guard let held = word(loop, holder) else { return nil }
                loop = held
            }
            return loop == asyncio.pointee.none ? 0 : loop
        }
    }

    /// Whether an object is a task, or of a class beneath it.
    @_noLocks
    func isTask(_ object: UInt) -> Bool {
        var type = word(object, 8) ?? 0
        var steps = 0
        while type != 0, steps < Self.mostBases {
            if type == asyncio.pointee.taskType { return true }
            type = word(type, AsyncioLayout.typeBase) ?? 0
            steps &+= 1
        }
        return false
    }

    // PyDictObject and PyDictKeysObject, 3.11 to 3.15: a head, indices, and entries in the order of their coming. An entry of a
    // table of texts has no hash.
    private static let dictionaryUsed = 16
    private static let dictionaryKeys = 32
    private static let keysSizes = 8
    private static let keysEntries = 24
    private static let keysHead: UInt = 32
    private static let kinds: (any: UInt, texts: UInt) = (0, 1)

    /// The value of the very object that is the key, 0 where there is none; `nil` where the table is not in order.
    @_noLocks
    func value(of key: UInt, in dictionary: UInt) -> UInt? {
        guard let used = word(dictionary, Self.dictionaryUsed), let keys = word(dictionary, Self.dictionaryKeys),
            keys != 0, let sizes = word(keys, Self.keysSizes), let count = word(keys, Self.keysEntries),
            count <= Self.mostEntries, sizes >> 8 & 0xff < 32
        else { return nil }
        let kind = sizes >> 16 & 0xff
        guard kind <= Self.kinds.texts else { return nil }
        let toKey = kind == Self.kinds.any ? 8 : 0
        let stride = UInt(toKey &+ 16)
        var entry = keys &+ Self.keysHead &+ (1 << (sizes >> 8 & 0xff))
        let end = entry &+ count &* stride
        var present: UInt = 0
        while entry < end {
            guard let value = word(entry, toKey &+ 8) else { return nil }
            if value != 0 {
                if word(entry, toKey) == key { return value }
                present &+= 1
            }
            entry &+= stride
        }
        return present == used && word(dictionary, Self.dictionaryKeys) == keys ? 0 : nil
    }

    // PyLongObject from 3.12 on; names are numbers from 3.13 on.
    private static let numberTag = 16
    private static let numberDigits = 24

    /// A number of up to two digits of 30 bits.
    @_noLocks
    func number(_ object: UInt) -> UInt64? {
        guard let tag = word(object, Self.numberTag), tag & 3 == 0, tag >> 3 <= 2,
            let digits = word(object, Self.numberDigits)
        else { return nil }
        let low = UInt64(digits & 0xffff_ffff)
        return tag >> 3 == 2 ? UInt64(digits >> 32) << 30 | low : low
    }
}
