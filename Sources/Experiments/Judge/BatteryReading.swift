import Foundation
import Measuring
import Running

extension Battery {
    /// Reads a battery's spec and refuses what is wrong, with its line and what to do.
    ///
    /// - Parameter quick: whether what programs say for the short form takes the place of the rest.
    public init(_ file: SpecFile, quick: Bool) throws(RunningError) {
        let document = try SpecDocument(file.text, path: file.path)
        let reading = SpecReading(document, keys: [], document.root)
        try reading.refuseUnknown(["title", "rounds", "quick", "rate", "level", "limit", "bounds", "programs"])
        let rounds = try reading.whole(quick ? "quick" : "rounds") ?? (quick ? 3 : 10)
        self.init(title: try reading.text("title"), rounds: rounds, programs: [])
        if let number = try reading.number("rate") { rate = number }
        if let number = try reading.number("level") { level = number }
        if let number = try reading.whole("limit") { limit = number }
        if let table = try reading.table("bounds") { bounds = try BatteryBounds(table) }
        for (name, table) in try reading.table("programs")?.tables() ?? [] {
            if let program = try BatteryProgram(name, table, file, rounds: rounds, quick: quick) {
                programs.append(program)
            }
        }
        guard !programs.isEmpty else {
            throw document.error(["programs"], "a battery needs programs; add a table [programs.NAME]")
        }
    }

    /// The battery with these programs alone; throws where one is not known.
    public func only(_ names: [String]) throws(RunningError) -> Battery {
        guard !names.isEmpty else { return self }
        for name in names where !programs.contains(where: { $0.name == name }) {
            throw .usage(
                "there is no program '\(name)'; --programs takes some of: \(programs.map(\.name).joined(separator: ", "))"
            )
        }
        var battery = self
        battery.programs = programs.filter { names.contains($0.name) }
        return battery
    }
}

extension BatteryProgram {
    private static let keys = [
        "question", "script", "arguments", "quick", "asks", "planted", "tolerance", "rounds", "load", "processors",
    ]

    /// `nil` of a program that the short form leaves out: `quick = []`.
    init?(_ name: String, _ reading: SpecReading, _ file: SpecFile, rounds: Int, quick: Bool) throws(RunningError) {
        try reading.refuseUnknown(Self.keys)
        let asks = try reading.choices("asks", BatteryAsk.self) ?? []
        let own = quick ? nil : try reading.whole("rounds")
        let script = URL(filePath: try reading.text("script"), relativeTo: file.folder).standardizedFileURL
        self.init(
            name: name, question: try reading.text("question"), script: script.path(percentEncoded: false), asks: asks,
            rounds: own ?? rounds)
        arguments = try reading.words("arguments") ?? []
        let short = try reading.words("quick")
        if quick, let short {
            guard !short.isEmpty else { return nil }
            arguments = short
        }
        planted = try reading.texts("planted") ?? []
        tolerance = try reading.number("tolerance")
        surroundings.load = try reading.whole("load") ?? 0
        surroundings.processors = try reading.whole("processors")
        try check(reading)
    }

    private func check(_ reading: SpecReading) throws(RunningError) {
        guard FileManager.default.fileExists(atPath: script) else {
            throw reading.error("script", "names no file: there is no '\(script)'")
        }
        guard !asks.isEmpty else { throw reading.error("asks", "is missing; say what is asked about the program") }
        if !planted.isEmpty { return }
        for ask in [BatteryAsk.seen, .seconds] where asks.contains(ask) {
            throw reading.error("planted", "is missing; name the functions that '\(ask.rawValue)' is asked of")
        }
    }
}

extension BatteryBounds {
    init(_ reading: SpecReading) throws(RunningError) {
        self.init()
        let fields: [(String, WritableKeyPath<BatteryBounds, Double>)] = [
            ("shares", \.shares), ("shown", \.shown), ("coverage", \.coverage), ("stacks", \.stacks),
            ("samples", \.samples), ("time", \.time), ("seconds", \.seconds), ("start", \.start),
            ("slowdown", \.slowdown), ("cpu", \.cpu), ("memory", \.memory), ("repeatable", \.repeatable),
        ]
        try reading.refuseUnknown(fields.map(\.0))
        for (name, field) in fields { if let number = try reading.number(name) { self[keyPath: field] = number } }
    }
}
