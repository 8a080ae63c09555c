import Analysis
import ProfileModel
import Testing

/// A run of a program in `/home/ada/app` that calls libraries, a tick a millisecond. Stacks are written root first:
/// `own main:3` is line 3 of `main` in the program, `pandas apply:40` a library's function, `C len` one written in C.
struct PlantedCalls {
    var profile: Profile
    private var symbols = SymbolInterning()

    static let files = [
        "own": "/home/ada/app/app.py", "other": "/home/ada/app/other.py",
        "pandas": "/home/ada/app/.venv/lib/python3.11/site-packages/pandas/core/frame.py",
        "numpy": "/home/ada/app/.venv/lib/python3.11/site-packages/numpy/core.py",
        "json": "/usr/lib/python3.11/json/__init__.py", "runpy": "<frozen runpy>",
        "import": "<frozen importlib._bootstrap>", "threading": "/usr/lib/python3.11/threading.py",
        "launcher": "/home/ada/app/.venv/bin/tool",
    ]

    init(_ kind: Kind = .sampling, own: [String] = ["/home/ada/app"]) {
        profile = Profile(design: kind == .sampling ? "signal" : "setprofile", kind: kind)
        profile.own = own
        if kind == .sampling { (profile.schedule, profile.rate) = (.jittered, 1000) }
    }

    mutating func add(_ ticks: Int, _ frames: String..., isWaiting: Bool = false) {
        add(ticks, frames, isWaiting: isWaiting)
    }

    mutating func add(_ ticks: Int, _ frames: [String], isWaiting: Bool = false) {
        let locations = frames.map { location($0) }
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        let stack = profile.stacks.intern(rootFirst: locations)
        for _ in 0..<ticks {
            let number = profile.samples.count
            profile.samples.append(
                Sample(
                    stack: stack, thread: 0, tick: profile.kind == .sampling ? number : nil,
                    instant: Int64(number) * 1_000_000, count: 1, nanoseconds: 1_000_000, isWaiting: isWaiting))
        }
    }

    private mutating func location(_ frame: String) -> LocationID {
        let words = frame.split(separator: " ").map(String.init)
        let parts = words[1].split(separator: ":").map(String.init)
        let function = Function(
            name: parts[0], qualname: parts[0], file: Self.files[words[0]], line: words[0] == "C" ? 0 : 1)
        return symbols.intern(function, line: parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    }

    func findings(within: String? = nil) throws -> RunFindings {
        var profile = profile
        let life = Int64(profile.samples.count) * 1_000_000
        profile.threads = [ThreadLife(id: 1, name: "main thread", nanoseconds: life)]
        return try RunAnalysis.findings(of: profile, within: within)
    }

    func tree(within: String? = nil) throws -> FoldedTree { try #require(findings(within: within).tree) }
}

extension FoldedTree {
    /// Rows as `depth kind name line share`.
    var outline: [String] {
        rows.map { row in
            let share = ((row.total.share ?? -1) * 100).rounded() / 100
            return "\(row.depth) \(row.kind.rawValue) \(row.name)\(row.line > 1 ? " \(row.line)" : "") \(share)"
        }
    }

    func part(_ kind: FoldedPart.Kind, _ name: String? = nil) -> Double {
        parts.first { $0.kind == kind && $0.name == name }?.time.share ?? 0
    }
}
