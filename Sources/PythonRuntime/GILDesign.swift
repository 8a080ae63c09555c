import CPython
import Capture
import Glibc

/// The design `gil`, the talk's: a timer thread takes the GIL and reads what
/// `sys._current_frames` reads. The program decides when the GIL is given, and so when it is seen.
struct GILDesign: SamplingDesign {
    private let list: ThreadList
    private let walk: FrameWalk
    private var interning: StackInterning
    private var seen: [ThreadSample] = []

    init(list: ThreadList, walk: FrameWalk, log: LogWriter) {
        self.list = list
        self.walk = walk
        interning = StackInterning(log: log, name: CodeNaming(walk: walk).record)
    }

    /// The timer thread becomes one of the interpreter's when it first takes the GIL; it is not the program's.
    func threads() -> [Int32] {
        let own = gettid()
        return list.threads().map { $0.id }.filter { $0 != own }
    }

    mutating func ask(_ threads: [ObservedThread]) {
        let gil = PyGILState_Ensure()
        let instant = KernelClock.now()
        let stacks = currentStacks()
        PyGILState_Release(gil)
        seen = threads.map { thread in
            let stack = stacks[thread.id].map { frames in
                frames.withUnsafeBufferPointer { interning.intern($0, slot: thread.slot) }
            }
            return ThreadSample(
                thread: thread.index, outcome: .valid, stack: stack ?? 0, cpu: thread.cpuSinceLastTick, instant: instant)
        }
    }

    mutating func collect() -> [ThreadSample] {
        defer { seen.removeAll() }
        return seen
    }

    func awaitAnswers() {}

    /// Every thread's frames, leaf first, by the kernel's number of the thread. Called with the GIL.
    private func currentStacks() -> [Int32: [SampledFrame]] {
        guard let frames = _PyThread_CurrentFrames() else {
            PyErr_Clear()
            return [:]
        }
        defer { Py_DecRef(frames) }
        let kernelNumbers = kernelNumbersByPythonNumber()
        var stacks: [Int32: [SampledFrame]] = [:]
        var position = 0
        var key: UnsafeMutablePointer<PyObject>?
        var frame: UnsafeMutablePointer<PyObject>?
        while PyDict_Next(frames, &position, &key, &frame) != 0 {
            guard let frame, let id = kernelNumbers[PyLong_AsUnsignedLong(key)] else { continue }
            stacks[id] = stack(from: OpaquePointer(frame))
        }
        return stacks
    }

    /// `_PyThread_CurrentFrames` speaks of pthreads, the sampler of the kernel's threads.
    private func kernelNumbersByPythonNumber() -> [UInt: Int32] {
        var numbers: [UInt: Int32] = [:]
        for (id, state) in list.threads() { numbers[load(state &+ UInt(walk.layout.threadPythonID))] = id }
        return numbers
    }

    private func stack(from frame: OpaquePointer) -> [SampledFrame] {
        var frames: [SampledFrame] = []
        var at: OpaquePointer? = frame
        Py_IncRef(UnsafeMutablePointer(frame))
        while let current = at {
            if frames.count < SampleSlots.largestDepth, let sampled = sampledFrame(current) { frames.append(sampled) }
            at = PyFrame_GetBack(current)
            Py_DecRef(UnsafeMutablePointer(current))
        }
        return frames
    }

    private func sampledFrame(_ frame: OpaquePointer) -> SampledFrame? {
        guard let code = PyFrame_GetCode(frame) else { return nil }
        defer { Py_DecRef(UnsafeMutablePointer(code)) }
        guard let identity = walk.proof(of: UInt(bitPattern: code), isAlive: true)?.identity else { return nil }
        let byteOffset = PyFrame_GetLasti(frame)
        return SampledFrame(code: identity, instruction: byteOffset < 0 ? -1 : byteOffset / 2)
    }
}
