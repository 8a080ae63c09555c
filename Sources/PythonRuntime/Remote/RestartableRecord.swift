import CMachine
import Glibc

/// Where the kernel writes down, in a thread's own memory, which processor it is on (rseq(2)): each time before the thread goes on
/// with its own code on another than before.
///
/// So a thread whose record names a processor runs no code of its own on any other. What `/proc` says of that costs five times as
/// much to ask.
struct RestartableRecord {
    private let memory: GuardedMemory
    private let identity: UInt
    /// From a thread's descriptor on; `nil` where the process has another C library than we, or that keeps none.
    private let offset: UInt?
    /// By thread: the state that it was found by, and its place.
    private var known: [Int32: (state: UInt, place: UInt)] = [:]

    /// The processor's number stands behind that with which a restartable sequence began.
    private static let numberShift: UInt = 32
    private static let most = 1024

    init(_ target: TargetInterpreter) {
        memory = target.walk.memory
        identity = UInt(target.walk.layout.threadIdentity)
        let offset = machine_rseq_offset()
        let library = LoadedFile(at: machine_library_address(), of: getpid())
        let isSame = library?.base(in: target.process) != nil
        self.offset = offset != 0 && isSame ? UInt(bitPattern: Int(offset)) : nil
    }

    /// Where a thread's record is, by its state; `nil` where it does not say what the kernel does.
    mutating func place(of thread: Int32, _ state: UInt, on processor: Int32) -> UInt? {
        if let found = known[thread], found.state == state { return found.place }
        guard let offset, let descriptor = memory.word(at: state &+ identity),
            let word = memory.word(at: descriptor &+ offset), Self.processor(in: word) == processor
        else { return nil }
        if known.count >= Self.most { known = [:] }
        known[thread] = (state, descriptor &+ offset)
        return descriptor &+ offset
    }

    static func processor(in word: UInt) -> Int32 { Int32(truncatingIfNeeded: word >> numberShift) }
}
