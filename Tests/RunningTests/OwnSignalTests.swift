import Foundation
import Glibc
import Synchronization
import Testing

@testable import Running

@Suite struct OwnSignalTests {
    @Test func aSignalIsHandledBeforeItsSenderGoesOnWhereItsThreadBlocksAll() async {
        signal(SIGWINCH) { _ in handledBy.store(UInt(pthread_self()), ordering: .relaxed) }
        let (own, seen, mask) = await withCheckedContinuation { answer in
            Thread.detachNewThread {
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_BLOCK, &all, nil)
                OwnSignal.raise(SIGWINCH)
                let seen = handledBy.load(ordering: .relaxed)
                var after = sigset_t()
                pthread_sigmask(SIG_BLOCK, nil, &after)
                answer.resume(returning: (UInt(pthread_self()), seen, sigismember(&after, SIGWINCH)))
            }
        }
        signal(SIGWINCH, SIG_DFL)
        #expect(seen == own)
        #expect(mask == 1, "blocked again")
    }
}

private let handledBy = Atomic<UInt>(0)
