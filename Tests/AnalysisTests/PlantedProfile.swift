import Analysis
import ProfileModel

/// Profiles with a known truth, written as stacks: `main:3 f:7 len` is `f`, at its line 7, called by
/// line 3 of `main`, calling C's `len`; a Python frame without lines is `f:0`.
struct Planted {
    var profile: Profile
    private var symbols = SymbolInterning()
    /// First lines of the Python functions; by default 1.
    private var firstLines: [String: Int]

    init(_ design: String, _ kind: Kind, firstLines: [String: Int] = [:]) {
        profile = Profile(design: design, kind: kind)
        profile.python = "3.11.2"
        self.firstLines = firstLines
        if kind == .sampling {
            profile.schedule = .jittered
            profile.rate = 1000
        }
    }

    /// Adds time, and for tracers calls, to a stack written root first.
    mutating func add(_ stack: String, _ nanoseconds: Int64, calls: Int64 = 1) {
        let frames = stack.split(separator: " ").map { frame -> LocationID in
            let parts = frame.split(separator: ":")
            let name = String(parts[0])
            guard parts.count == 2 else {
                return symbols.intern(Function(name: name, qualname: name, file: nil, line: 0), line: 0)
            }
            let function = Function(name: name, qualname: name, file: "p.py", line: firstLines[name] ?? 1)
            return symbols.intern(function, line: Int(parts[1]) ?? 0)
        }
        let id = profile.stacks.intern(rootFirst: frames)
        profile.functions = symbols.functions
        profile.locations = symbols.locations
        profile.samples.append(Sample(stack: id, thread: 0, count: calls, nanoseconds: nanoseconds))
    }

    /// Sets the thread's life, and returns the profile.
    func living(_ nanoseconds: Int64) -> Profile {
        var profile = profile
        profile.threads = [ThreadLife(id: 1, name: "main", nanoseconds: nanoseconds)]
        return profile
    }

    /// A profile from stacks and times; it lives as long as the times add up to.
    static func profile(
        _ design: String, _ kind: Kind, firstLines: [String: Int] = [:], _ stacks: [(String, Int64, Int64)]
    ) -> Profile {
        var planted = Planted(design, kind, firstLines: firstLines)
        for (stack, nanoseconds, calls) in stacks { planted.add(stack, nanoseconds, calls: calls) }
        return planted.living(stacks.reduce(0) { $0 + $1.1 })
    }
}

extension FunctionKey {
    static func planted(_ name: String, _ line: Int = 1) -> FunctionKey {
        FunctionKey(file: "p.py", line: line, name: name)
    }
}
