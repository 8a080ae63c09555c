import CMachine
import Capture
import Glibc

/// A thread of ours that works on one processor for moments, at another's bidding, and sleeps there in between.
///
/// Who works on a processor takes it from the program's thread that is there. So only what has to be done there is: the thread that
/// asks for it stays elsewhere, and waits awake, for to be woken would cost the program a little more.
final class ProcessorGuest: @unchecked Sendable {
    // Used by the thread that asks, and by the guest only between a request and its answer.
    private let request = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private let answer = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    private var thread = pthread_t()
    private var id: Int32 = 0
    private var processor: Int32 = -1
    private var work: (() -> Void)?

    /// How long an answer is waited for awake, and then between two looks at whether it has come, in nanoseconds.
    private static let moment: Int64 = 50_000
    private static let pause: Int64 = 20_000

    /// `nil` where the system has no thread left.
    init?() {
        sem_init(request, 0, 0)
        answer.initialize(to: 0)
        let itself = Unmanaged.passUnretained(self)
        guard pthread_create(&thread, nil, runGuest, itself.toOpaque()) == 0 else { return nil }
        awaitAnswer()
    }

    /// Has `body` done on a processor, where we may go there; whether it was.
    func work(on processor: Int32, _ body: () -> Void) -> Bool {
        if processor != self.processor {
            guard machine_send_to(id, processor) != 0 else { return false }
            self.processor = processor
        }
        withoutActuallyEscaping(body) {
            work = $0
            ask()
            work = nil
        }
        return true
    }

    func end() {
        ask()
        pthread_join(thread, nil)
    }

    private func ask() {
        machine_store_release(answer, 0)
        sem_post(request)
        awaitAnswer()
    }

    private func awaitAnswer() {
        let begin = KernelClock.now()
        while machine_load_acquire(answer) == 0 {
            if KernelClock.now() - begin < Self.moment { machine_pause() } else { machine_sleep(Self.pause) }
        }
    }

    /// Works until it is asked for nothing.
    fileprivate func run() {
        id = machine_own_thread()
        machine_store_release(answer, 1)
        while true {
            while sem_wait(request) != 0 {}
            guard let work else { break }
            work()
            machine_store_release(answer, 1)
        }
        machine_store_release(answer, 1)
    }
}

private func runGuest(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    machine_wake_precisely()
    // It works for microseconds at a time, and who asks for them waits.
    _ = machine_take_realtime()
    Unmanaged<ProcessorGuest>.fromOpaque(argument).takeUnretainedValue().run()
    return nil
}
