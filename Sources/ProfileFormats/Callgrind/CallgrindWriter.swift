import ProfileModel

/// Writes callgrind's format, for KCachegrind, callgrind_annotate and gprof2dot (Valgrind, "Callgrind Format Specification").
///
/// The one event is nanoseconds. A function's own time stands at its lines; a call at the line that called, with the time of callees
/// and the number of calls, which for samplers is that of samples. A C function's file is `~`. What the format has no field for stands
/// in lines `desc: swprof: […]`, as `PprofComments` lists it.
enum CallgrindWriter: ProfileWriter {
    static let format = FormatName.callgrind

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        var text = CallgrindText()
        text.line("# callgrind format\nversion: 1\ncreator: swprof")
        if !profile.program.isEmpty {
            text.line("cmd: " + PercentEscapes.escape(profile.program.joined(separator: " ")))
        }
        for comment in OwnAttributes.comments(of: profile) { text.line("desc: swprof: [\(comment)]") }
        text.line("positions: line\nevents: ns\n")
        let costs = CallgrindCosts(profile)
        for (function, rows) in costs.functions.enumerated() where !rows.isEmpty {
            text.add(profile.functions, function, rows)
        }
        text.line("totals: \(costs.total)")
        return text.bytes
    }
}

/// What each function took at each line, and what it called there.
private struct CallgrindCosts {
    struct Call: Hashable {
        var callee: Int
        /// Of the caller.
        var line: Int
    }

    struct Rows {
        var own: [Int: Int64] = [:]
        var calls: [Call: (count: Int64, inclusive: Int64)] = [:]

        var isEmpty: Bool { own.isEmpty && calls.isEmpty }
    }

    private(set) var functions: [Rows]
    private(set) var total: Int64 = 0

    init(_ profile: Profile) {
        functions = Array(repeating: Rows(), count: profile.functions.count)
        let table = profile.stacks
        var own = [Int64](repeating: 0, count: table.count)
        var counts = own
        for sample in profile.samples {
            own[sample.stack.index].addClamped(max(0, sample.nanoseconds))
            if !profile.isLine(sample) { counts[sample.stack.index].addClamped(max(0, sample.count)) }
        }
        var inclusive = own
        var beneath = counts
        for node in table.parents.indices.dropFirst().reversed() {
            inclusive[Int(table.parents[node])].addClamped(inclusive[node])
            beneath[Int(table.parents[node])].addClamped(beneath[node])
        }
        total = inclusive.first ?? 0
        for node in table.parents.indices.dropFirst() where inclusive[node] > 0 || counts[node] > 0 {
            let location = profile.locations[table.locations[node].index]
            let line = Self.line(location, profile)
            functions[location.function.index].own[line, default: 0].addClamped(own[node])
            guard let caller = table.leaf(of: table.parent(of: StackID(node))).map({ profile.locations[$0.index] })
            else { continue }
            // A tracer's lines are beneath their function, and no calls of it.
            if profile.kind == .tracing, location.line > 0, caller.function == location.function { continue }
            let call = Call(callee: location.function.index, line: Self.line(caller, profile))
            var sum = functions[caller.function.index].calls[call] ?? (0, 0)
            sum.count.addClamped(profile.kind == .tracing ? counts[node] : beneath[node])
            sum.inclusive.addClamped(inclusive[node])
            functions[caller.function.index].calls[call] = sum
        }
    }

    private static func line(_ location: Location, _ profile: Profile) -> Int {
        location.line > 0 ? location.line : profile.functions[location.function.index].line
    }
}

/// The file's text; names stand where they come first, and are numbers from then on.
private struct CallgrindText {
    private(set) var bytes: [UInt8] = []
    private var files: [String: Int] = [:]
    private var names: [String: Int] = [:]

    mutating func line(_ text: String) { bytes += Array(text.utf8) + [UInt8(ascii: "\n")] }

    mutating func add(_ functions: [Function], _ index: Int, _ rows: CallgrindCosts.Rows) {
        let function = functions[index]
        line("fl=" + file(of: function))
        line("fn=" + name(of: function))
        for (number, cost) in rows.own.sorted(by: { $0.key < $1.key }) { line("\(number) \(cost)") }
        for (call, sum) in rows.calls.sorted(by: { ($0.key.line, $0.key.callee) < ($1.key.line, $1.key.callee) }) {
            let callee = functions[call.callee]
            line("cfi=" + file(of: callee))
            line("cfn=" + name(of: callee))
            line("calls=\(sum.count) \(callee.line)")
            line("\(call.line) \(sum.inclusive)")
        }
        line("")
    }

    private mutating func file(of function: Function) -> String { Self.compressed(function.file ?? "~", &files) }
    private mutating func name(of function: Function) -> String { Self.compressed(function.qualname, &names) }

    private static func compressed(_ text: String, _ known: inout [String: Int]) -> String {
        if let number = known[text] { return "(\(number))" }
        known[text] = known.count + 1
        return "(\(known.count)) \(PercentEscapes.escape(text))"
    }
}
