/// What a session asks of every tracing design. A class, for Embedded Swift has no existentials.
class TracingDesign {
    let all: TracedThreads

    init(following all: TracedThreads) { self.all = all }

    /// Whether it sees which stack a thread is on, so that times are right where a program has several (greenlets).
    var tellsStacksApart: Bool { false }

    /// Traces the threads that are there and those that come. Called with the GIL.
    func begin() throws(SessionError) {}

    /// Takes all hooks away. Called with the GIL.
    func end() {}

    /// In a forked child, before any Python runs in it.
    func abandon() {}

    /// In a forked child that goes on to be profiled, before any Python runs in it: takes away what `abandon` leaves in place.
    func leaveForkedChild() {}
}
