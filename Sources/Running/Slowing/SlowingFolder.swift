import Glibc

/// A folder from which runs are started with functions of the program slowed, under any design or none.
///
/// It goes in front of the user's `PYTHONPATH`, and a design's own folder in front of it.
final class SlowingFolder: Sendable {
    private let folder: PrivateFolder

    init() throws(RunningError) {
        folder = try PrivateFolder()
        try folder.write(PackageResources.slowed_launch_py, to: "sitecustomize.py")
        try folder.write(PackageResources.slowing_py, to: "slowing.py")
    }

    private var before: [UInt8]? { EnvironmentBlock.value(of: "PYTHONPATH") }

    var pythonPath: [UInt8] { EnvironmentBlock.path(folder.path, before: before) }

    var environment: [String: [UInt8]?] { ["PYTHONPATH": pythonPath, "SWPROF_SLOWED_PYTHONPATH": before] }

    /// Says what the next run is to do.
    ///
    /// - Parameter answer: whether it is to tell how long it took.
    func ask(_ request: SlowingRequest, answer: Bool) throws(RunningError) {
        try folder.write(request.bytes(tells: answer), to: "request")
        unlink(folder.path + "/answer")
    }

    /// Why the interpreter would not slow functions, where it said so.
    var refusal: String? { folder.text(of: "refusal") }

    /// What the last run told as it ended.
    var answer: SlowingAnswer? { folder.text(of: "answer").flatMap(SlowingAnswer.init) }
}
