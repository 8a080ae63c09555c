/// C functions of the standard library in which a thread waits without the GIL.
enum ReleasedFunctions {
    static let names: Set<String> = [
        "accept", "acquire", "connect", "fsync", "get", "join", "kevent", "lock", "poll", "read", "readinto",
        "readline",
        "recv", "recv_into", "recvfrom", "select", "send", "sendall", "sleep", "wait", "waitpid", "write",
    ]
}
