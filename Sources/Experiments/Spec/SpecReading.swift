import ProfileModel
import Running

extension Spec {
    /// Reads a spec and refuses what is wrong, with its line and what to do.
    ///
    /// - Parameter quick: whether what `[quick]` says takes the place of the rest.
    public init(_ text: String, path: String, quick: Bool) throws(RunningError) {
        let document = try SpecDocument(text, path: path)
        let reading = SpecReading(document, keys: [], document.root)
        try reading.refuseUnknown(SpecReading.known)
        self.init(
            title: try reading.text("title"), runs: try reading.runs(), workloads: try reading.texts("workloads") ?? [])
        try readAxes(reading)
        try readTables(reading)
        if let own = try reading.table("quick") {
            try own.refuseUnknown(SpecReading.quick)
            var short = self
            try short.readAxes(own)
            if let runs = try own.optionalRuns() { short.runs = runs }
            if let workloads = try own.texts("workloads") { short.workloads = workloads }
            if let sizes = try own.table("sizes") { short.sizes.merge(try sizes.sizes()) { $1 } }
            try short.checkQuick(of: self, document)
            if quick { self = short }
        }
        sizes = sizes.filter { workloads.contains($0.key) || !quick }
        try check(document, quick: quick)
    }

    private mutating func readAxes(_ reading: SpecReading) throws(RunningError) {
        interpreters = try reading.texts("interpreters") ?? interpreters
        designs = try reading.choices("designs", Design.self) ?? designs
        peers = try reading.choices("peers", PeerName.self) ?? peers
        rates = try reading.numbers("rates") ?? rates
        schedules = try reading.choices("schedules", Schedule.self) ?? schedules
        clocks = try reading.choices("clocks", Clock.self) ?? clocks
    }

    private mutating func readTables(_ reading: SpecReading) throws(RunningError) {
        trace = try reading.texts("trace") ?? []
        unprofiled = try reading.texts("unprofiled") ?? []
        if let seed = try reading.whole("seed") { self.seed = UInt64(seed) }
        if let kept = try reading.choice("shares", KeptShares.self) { shares = kept }
        within = try reading.optionalText("within")
        if let table = try reading.table("sizes") { sizes = try table.sizes() }
        if let table = try reading.table("environment") { environment = try table.environment() }
        guard let table = try reading.table("limits") else { return }
        try table.refuseUnknown(["seconds", "mebibytes"])
        if let seconds = try table.whole("seconds") { limits.time = .seconds(seconds) }
        if let memory = try table.whole("mebibytes") { limits.memory = memory << 20 }
    }
}

/// A table of a spec, read key by key.
struct SpecReading {
    static let known = [
        "title", "runs", "seed", "workloads", "unprofiled", "sizes", "interpreters", "designs", "peers", "rates",
        "schedules", "clocks", "trace", "shares", "within",
        "environment", "limits", "quick",
    ]
    static let quick = [
        "runs", "workloads", "sizes", "interpreters", "designs", "peers", "rates", "schedules", "clocks",
    ]

    private let document: SpecDocument
    /// Where the table stands.
    private let keys: [String]
    private let values: [String: SpecDocument.Value]

    init(_ document: SpecDocument, keys: [String], _ values: [String: SpecDocument.Value]) {
        (self.document, self.keys, self.values) = (document, keys, values)
    }

    func refuseUnknown(_ known: [String]) throws(RunningError) {
        guard let unknown = values.keys.filter({ !known.contains($0) }).min() else { return }
        throw document.error(
            keys + [unknown], "there is no key '\(unknown)' here; the keys are: \(known.joined(separator: ", "))")
    }

    func text(_ key: String) throws(RunningError) -> String {
        guard case .text(let text) = values[key] else { throw error(key, "wants a text, such as \(key) = \"…\"") }
        return text
    }

    func optionalText(_ key: String) throws(RunningError) -> String? { values[key] == nil ? nil : try text(key) }

    func whole(_ key: String) throws(RunningError) -> Int? {
        guard let value = values[key] else { return nil }
        guard case .whole(let whole) = value, (1...1_000_000_000).contains(whole) else {
            throw error(key, "wants a whole number above 0")
        }
        return whole
    }

    /// A number above 0; `nil` where there is none.
    func number(_ key: String) throws(RunningError) -> Double? {
        switch values[key] {
        case nil: return nil
        case .whole(let whole)? where whole > 0: return Double(whole)
        case .number(let number)? where number > 0 && number.isFinite: return number
        default: throw error(key, "wants a number above 0")
        }
    }

    /// The tables in this one, in the order in which they stand in the file.
    func tables() throws(RunningError) -> [(name: String, reading: SpecReading)] {
        let names = values.keys.sorted { document.line(of: keys + [$0]) < document.line(of: keys + [$1]) }
        var tables: [(name: String, reading: SpecReading)] = []
        for name in names { if let reading = try table(name) { tables.append((name, reading)) } }
        return tables
    }

    func runs() throws(RunningError) -> Int {
        guard let runs = try optionalRuns() else {
            throw error("runs", "is missing; say how often each cell is run, such as runs = 20")
        }
        return runs
    }

    func optionalRuns() throws(RunningError) -> Int? {
        guard let runs = try whole("runs") else { return nil }
        guard runs <= 1_000_000 else { throw error("runs", "is more than a million; give fewer") }
        return runs
    }

    func texts(_ key: String) throws(RunningError) -> [String]? {
        try list(key) { value in
            guard case .text(let text) = value, !text.isEmpty else { return nil }
            return text
        }
    }

    /// Arguments: texts and whole numbers, of which there may be none.
    func words(_ key: String) throws(RunningError) -> [String]? {
        guard let value = values[key] else { return nil }
        guard case .list(let list) = value else { throw error(key, "wants a list of arguments, such as \(key) = [10]") }
        let words = list.compactMap { value -> String? in
            switch value {
            case .text(let text): text
            case .whole(let whole): String(whole)
            default: nil
            }
        }
        guard words.count == list.count else { throw error(key, "takes texts and whole numbers") }
        return words
    }

    func numbers(_ key: String) throws(RunningError) -> [Double]? {
        try list(key) { value in
            switch value {
            case .whole(let whole): Double(whole)
            case .number(let number): number
            default: nil
            }
        }
    }

    func choices<Choice: RawRepresentable<String> & CaseIterable & Hashable>(
        _ key: String, _: Choice.Type
    ) throws(RunningError) -> [Choice]? {
        guard let texts = try texts(key) else { return nil }
        var choices: [Choice] = []
        for text in texts { choices.append(try choice(text, key)) }
        return choices
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, _: Choice.Type) throws(RunningError)
        -> Choice?
    {
        try optionalText(key).map { text throws(RunningError) in try choice(text, key) }
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ key: String
    ) throws(RunningError) -> Choice {
        guard let choice = Choice(rawValue: text) else {
            throw error(
                key, "has no '\(text)'; it takes some of: \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func table(_ key: String) throws(RunningError) -> SpecReading? {
        guard let value = values[key] else { return nil }
        guard case .table(let table) = value else {
            throw error(key, "is a table, written [\((keys + [key]).joined(separator: "."))]")
        }
        return SpecReading(document, keys: keys + [key], table)
    }

    /// Of every workload its arguments, as one text with blanks between them.
    func sizes() throws(RunningError) -> [String: [[String]]] {
        var sizes: [String: [[String]]] = [:]
        for workload in values.keys.sorted() {
            let several = try list(workload) { value -> [String]? in
                switch value {
                case .whole(let whole): [String(whole)]
                case .text(let text): text.split(separator: " ").map(String.init)
                default: nil
                }
            }
            sizes[workload] = several
        }
        return sizes
    }

    func environment() throws(RunningError) -> [String: String] {
        var environment: [String: String] = [:]
        for name in values.keys.sorted() {
            guard name != "PYTHONPATH", name != "PYTHONHASHSEED", !name.hasPrefix("SWPROF_") else {
                throw error(name, "is set by swprof in every run; leave it out")
            }
            guard !name.isEmpty, !name.contains("="), !name.contains("\0") else {
                throw error(name, "is no name of a variable")
            }
            environment[name] = try text(name)
        }
        return environment
    }

    /// A list that is neither empty nor says a thing twice.
    private func list<Element: Hashable>(
        _ key: String, _ element: (SpecDocument.Value) -> Element?
    ) throws(RunningError) -> [Element]? {
        guard let value = values[key] else { return nil }
        guard case .list(let list) = value, !list.isEmpty else {
            throw error(key, "wants a list with something in it, such as \(key) = […]")
        }
        let elements = list.compactMap(element)
        guard elements.count == list.count else { throw error(key, "has something in its list that cannot be there") }
        guard Set(elements).count == elements.count else {
            throw error(key, "says a thing twice; leave one of them out")
        }
        return elements
    }

    func error(_ key: String, _ what: String) -> RunningError {
        document.error(keys + [key], "'\(key)' \(what)")
    }
}
