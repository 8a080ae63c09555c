/// A program of the package pyperformance as the package has it: one value, in one process.
///
/// Without `--worker` another process would be started for it, which is not the one that is profiled.
public struct PyPerformanceProgram: Sendable, Equatable {
    public var script: String
    public var arguments = ["--worker", "--debug-single-value"]

    /// The package runs one script for all kinds of pickle.
    private static let pickles = [
        "pickle": ["pickle"], "pickle_pure_python": ["--pure-python", "pickle"],
        "unpickle_pure_python": ["--pure-python", "unpickle"],
    ]

    /// - Parameters:
    ///   - name: as pyperformance lists it; whether there is such a script is not looked at.
    ///   - package: the folder of the installed package.
    public init(_ name: String, package: String) {
        let pickle = Self.pickles[name]
        script = "\(package)/data-files/benchmarks/bm_\(pickle == nil ? name : "pickle")/run_benchmark.py"
        arguments += pickle ?? []
    }
}
