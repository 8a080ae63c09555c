import CMachine
import CPython

/// Where the running interpreter and its module `_asyncio` keep which task a thread runs, and what that is called.
///
/// The running loop is in the thread's dictionary up to 3.12 (in 3.11 within a holder), and in its state from 3.13 on; the
/// running task is in a dictionary of the module by loop up to 3.13, and in the thread's state from 3.14 on.
struct AsyncioLayout {
    enum Loop {
        /// In the thread's state.
        case inThread(Int)
        /// In the dictionary that stands at this offset of the thread's state, under this key; how far into the value.
        case inDictionary(Int, key: UInt, holder: Int?)
    }

    enum Task {
        case inThread(Int)
        /// In the dictionary at this address, by loop.
        case inDictionary(UInt)
    }

    var loop: Loop
    var task: Task
    /// The type of tasks, and where one has its name.
    var taskType: UInt
    var taskName: Int
    /// The types of names, and what stands for no loop.
    var textType = UInt(bitPattern: swprof_text_type())
    var numberType = UInt(bitPattern: swprof_number_type())
    var none: UInt

    // From Include/object.h and Modules/_asynciomodule.c of 3.11 to 3.15: `tp_base`, and the first field of a task.
    static let typeBase = 256
    static let taskLoop = 16
}

/// The one place where the handler finds the layout, once that is known.
struct AsyncioPlace: @unchecked Sendable {
    // Raw memory that lives as long as the process, and a layout that is never changed or freed. Written with the GIL.
    private let word: UnsafeMutablePointer<UInt64>

    static let shared = AsyncioPlace()

    private init() {
        word = .allocate(capacity: 1)
        word.initialize(to: 0)
    }

    func publish(_ layout: AsyncioLayout) {
        let kept = UnsafeMutablePointer<AsyncioLayout>.allocate(capacity: 1)
        kept.initialize(to: layout)
        machine_store_release(word, UInt64(UInt(bitPattern: kept)))
    }

    /// `nil` before the program has imported asyncio.
    @_noLocks @inline(__always)
    func layout() -> UnsafePointer<AsyncioLayout>? {
        UnsafePointer(bitPattern: UInt(truncatingIfNeeded: machine_load_acquire(word)))
    }
}
