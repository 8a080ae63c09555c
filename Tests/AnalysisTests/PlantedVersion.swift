import ProfileModel

@testable import Analysis

/// A version of a program with its source: profiles of its runs, as stacks whose lines stand in that source.
struct PlantedVersion: SourceText {
    /// The path of its file, and what stands in it.
    var file = "/home/ada/p.py"
    var source: [String]
    var firstLines: [String: Int]
    /// By stack, milliseconds.
    var stacks: [(String, Double)]
    /// Whether profiles say what stands on their lines.
    var isMarked = true
    var program = ["p.py"]
    var design = "setprofile"

    private static let noise = [0, 4, -3, 2, -5, 1, 3, -2, 5, -4]

    func lines(of file: String) -> [String]? { file == self.file ? source : nil }

    /// One run, a little longer or shorter than the others; by stacks, too.
    func run(_ number: Int) -> Profile {
        let times = stacks.enumerated().map { place, stack -> (String, Int64, Int64) in
            let noise = Double(Self.noise[(number * 3 + place) % Self.noise.count]) / 1000
            return (stack.0, Int64(stack.1 * 1e6 * (1 + noise)), 1)
        }
        var profile = Planted.profile(design, .tracing, firstLines: firstLines, times)
        profile.functions = profile.functions.map { function in
            var function = function
            function.file = function.file.map { _ in file }
            return function
        }
        (profile.own, profile.program) = ([folder], program)
        profile.seconds = Double(profile.threadTime) * 1e-9
        return isMarked ? profile.marked(by: self) : profile
    }

    private var folder: String { file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } }

    func runs(_ count: Int, named name: String) -> [(name: String, profile: Profile)] {
        (0..<count).map { ("\(name)-\($0).pb.gz", run($0)) }
    }

    /// The same with lines put above all others.
    func below(_ count: Int) -> PlantedVersion {
        var moved = self
        moved.source = (0..<count).map { "# comment \($0)" } + source
        moved.firstLines = firstLines.mapValues { $0 + count }
        moved.stacks = stacks.map { stack, time in
            let frames = stack.split(separator: " ").map { frame in
                let parts = frame.split(separator: ":")
                return parts.count == 2 ? "\(parts[0]):\((Int(parts[1]) ?? 0) + count)" : String(frame)
            }
            return (frames.joined(separator: " "), time)
        }
        return moved
    }

    /// What comparing five runs of each says.
    static func compared(
        _ old: PlantedVersion, _ new: PlantedVersion, runs: Int = 5, renamed: [RenamedPath] = []
    ) throws -> CompareFindings {
        try Comparison.findings(
            ofProfiles: old.runs(runs, named: "old") + new.runs(runs, named: "new"), renamed: renamed)
    }

    /// `main` calls `f`, which has two lines alike, and `g`.
    static let plain = PlantedVersion(
        source: [
            "def f():", "    a = 1", "    step()", "    b = 2", "    step()", "    return a", "", "def g():",
            "    return 3", "", "def main():", "    f()", "    g()",
        ],
        firstLines: ["f": 1, "g": 8, "main": 11],
        stacks: [
            ("main:12 f:2", 100), ("main:12 f:3", 200), ("main:12 f:5", 300), ("main:12 f:6", 40), ("main:13 g:9", 160),
            ("main:12", 20),
        ])
}
