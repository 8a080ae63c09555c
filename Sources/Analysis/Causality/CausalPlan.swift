import ProfileModel
import Statistics

/// What a causal check slows, and by how much.
public enum CausalPlan {
    /// The most functions that are slowed.
    public static let mostFunctions = 3
    /// The parts of the program's time that slowing is to add, beside none.
    public static let levels = [0.1, 0.2, 0.4]
    /// Each round runs the program under every design, and without, for every level of every function.
    public static let defaultRounds = 5
    /// With fewer there is no interval.
    public static let fewestRounds = Jackknife.fewestRounds

    /// The program's own functions that could be slowed, the largest self share at common resolution first;
    /// those of the standard library only where there are no others.
    ///
    /// What has no place for a first statement (modules, lambdas, generator expressions) is left out, and what
    /// has no file with its source.
    public static func candidates(in profile: Profile) -> [Function] {
        let time = CommonResolution(profile).functions
        let known = Dictionary(
            profile.functions.compactMap { function in FunctionKey(function).map { ($0, function) } }
        ) { first, _ in first }
        let ranked = time.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.compactMap { known[$0.key] }.filter {
            canBeSlowed($0, in: profile)
        }
        let own = ranked.filter { !isStandard($0) }
        return own.isEmpty ? ranked : own
    }

    /// The function of a bare or qualified name, the largest self share first where there are several.
    ///
    /// Throws where the program runs none that could be slowed.
    public static func function(named name: String, in profile: Profile) throws(AnalysisError) -> Function {
        let functions = profile.functions.filter { $0.name == name || $0.qualname == name }
        let time = CommonResolution(profile).functions
        func nanoseconds(_ function: Function) -> Double { FunctionKey(function).flatMap { time[$0] } ?? 0 }
        let able = functions.filter { canBeSlowed($0, in: profile) }
        guard let function = able.max(by: { nanoseconds($0) < nanoseconds($1) }) else {
            throw AnalysisError(
                functions.isEmpty
                    ? "the program runs no function named \(String(reflecting: name)): give --slow a name as the report prints it"
                    : "\(String(reflecting: name)) has no source that a statement could be put into: give --slow a Python function of a file of the program"
            )
        }
        return function
    }

    /// The elements that a function's spin has to compare at each call, by level.
    ///
    /// - Parameters:
    ///   - seconds: of the whole program.
    ///   - perElement: seconds that one takes.
    public static func work(calls: Int, seconds: Double, perElement: Double) -> [Int] {
        let most = 1e9
        let perCall = seconds / (Double(max(1, calls)) * max(perElement, 1e-12))
        let least = max(1, (levels[0] * perCall).rounded())
        return levels.map { Int(min(most, max(($0 * perCall).rounded(), ($0 / levels[0] * least).rounded()))) }
    }
}

extension CausalPlan {
    private static func canBeSlowed(_ function: Function, in profile: Profile) -> Bool {
        guard let file = function.file, function.line > 0, !function.name.hasPrefix("<") else { return false }
        return file.hasSuffix(".py") || file.hasSuffix(".pyw") || isProgramItself(file, profile)
    }

    /// A script may have any name, and `-c` has no file at all.
    private static func isProgramItself(_ file: String, _ profile: Profile) -> Bool {
        guard let first = profile.program.first else { return false }
        return first == "-c" ? file == "<string>" : file == first || file.hasSuffix("/" + first)
    }

    private static func isStandard(_ function: Function) -> Bool {
        if case .standardLibrary? = function.file.flatMap(CodeOrigin.installed) { true } else { false }
    }
}
