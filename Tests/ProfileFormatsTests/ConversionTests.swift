import ProfileModel
import Testing

@testable import ProfileFormats

/// What formats hold in common passes from each to each; what one does not hold is said.
@Suite struct ConversionTests {
    private static let pairs = ProfileFormat.writable.flatMap { first in ProfileFormat.writable.map { (first, $0) } }

    @Test(arguments: pairs) func selfSharesPassThroughTwoFormats(first: FormatName, second: FormatName) throws {
        for seed in 1...40 {
            var random = RandomProfile(seed: UInt64(seed))
            let profile = random.make()
            let once = try ProfileFormat.read(ProfileFormat.write(profile, as: first), as: first, path: "x")
            let twice = try ProfileFormat.read(ProfileFormat.write(once, as: second), as: second, path: "x")
            let (was, becomes) = (Self.shares(profile), Self.shares(twice))
            #expect(Set(was.keys) == Set(becomes.keys), "seed \(seed)")
            #expect(was.allSatisfy { abs($0.value - (becomes[$0.key] ?? 0)) < 1e-9 }, "seed \(seed)")
        }
    }

    /// What is written is known by its content, and is read without a word of another tool where the file has room for it.
    @Test(arguments: ProfileFormat.writable) func whatIsWrittenTellsItsFormat(format: FormatName) throws {
        var random = RandomProfile(seed: 5)
        let profile = random.make()
        let bytes = try ProfileFormat.write(profile, as: format)
        let (told, named) = (
            try ProfileFormat.read(bytes, path: "x.unknown"), try ProfileFormat.read(bytes, as: format, path: "x")
        )
        #expect(told == named)
    }

    /// What samples know that stands on no stack.
    private func besideStacks(_ profile: Profile) -> [String] {
        (profile.samples.contains { $0.called != nil } ? ["the C functions that were called"] : [])
            + (profile.samples.contains { $0.task != nil } ? ["tasks"] : [])
    }

    @Test(arguments: [FormatName.speedscope, .chrome, .gecko, .otlp]) func stacksLinesThreadsAndClockComeBack(
        format: FormatName
    ) throws {
        for seed in 1...40 {
            var random = RandomProfile(seed: UInt64(seed))
            let profile = random.make()
            let (_, losses) = try ProfileFormat.convert(profile, to: format)
            let others = losses.filter { !$0.hasPrefix("numbers of calls") }
            #expect(others == (format == .otlp ? [] : besideStacks(profile)), "seed \(seed)")
        }
    }

    @Test(arguments: [FormatName.pprof, .otlp]) func everythingComesBack(format: FormatName) throws {
        for seed in 1...40 {
            var random = RandomProfile(seed: UInt64(seed))
            var profile = random.make()
            profile.ledger = Ledger()
            profile.ledger?.due = 7
            profile.schedule = .jittered
            (profile.rate, profile.exit, profile.audit) = (1e3, 3, ["machine": "x\ty"])
            profile.kindsTold = KindsTold.allCases[seed % 3]
            for index in profile.samples.indices {
                profile.samples[index].tick = index / 2
                profile.samples[index].instant = Int64(index * index)
                profile.samples[index].isProbe = index % 3 == 0
                profile.samples[index].isWaiting = index % 5 == 0
                profile.samples[index].holdsLock = [nil, true, false][index % 3]
                profile.samples[index].note = SampleNote(opcode: index % 4 == 0 ? "CALL" : nil)
            }
            let again = try ProfileFormat.read(ProfileFormat.write(profile, as: format), path: "x")
            #expect(again == profile, "seed \(seed)")
        }
    }

    /// Lines of JSON tell no stacks, but of each function all that it took; functions of one bare name are one to `ConversionLosses`.
    @Test func linesOfJSONKeepTotalsAndCalls() throws {
        for seed in 1...40 {
            var random = RandomProfile(seed: UInt64(seed))
            let profile = random.make().namingUnseenStacks()
            let (bytes, losses) = try ProfileFormat.convert(profile, to: .jsonl)
            let others = losses.filter { !besideStacks(profile).contains($0) }
            #expect(
                others.allSatisfy { $0.contains("thread") || $0.hasPrefix("totals") || $0 == "whole stacks" },
                "seed \(seed): \(losses)")
            let again = try TachyonReader.read(bytes)
            let totals = Dictionary(
                zip(again.functions, again.inclusive?.functions ?? []), uniquingKeysWith: { first, _ in first })
            for (function, total) in zip(profile.functions, TachyonFigures(profile).functions) where total > 0 {
                #expect(totals[function] == total, "seed \(seed): \(function)")
            }
        }
    }

    /// A second round trip loses nothing more: no name grows, no time shrinks.
    @Test(arguments: ProfileFormat.writable) func aRoundTripIsARestingPlace(format: FormatName) throws {
        for seed in 1...20 {
            var random = RandomProfile(seed: UInt64(seed))
            let once = try ProfileFormat.write(random.make(), as: format)
            let twice = try ProfileFormat.write(ProfileFormat.read(once, as: format, path: "x"), as: format)
            let thrice = try ProfileFormat.write(ProfileFormat.read(twice, as: format, path: "x"), as: format)
            #expect(twice == thrice, "seed \(seed)")
        }
    }

    @Test func aClockThatAFormatCannotHoldIsSaid() throws {
        var profile = Profile(design: "signal", kind: .sampling, clock: .cpu)
        profile.threads = [ThreadLife(id: 1, name: "", nanoseconds: 10)]
        var symbols = SymbolInterning()
        let stack = profile.stacks.intern(rootFirst: [
            symbols.intern(Function(name: "f", qualname: "f", file: "/x.py", line: 1), line: 2)
        ])
        profile.samples = [Sample(stack: stack, thread: 0, count: 1, nanoseconds: 10)]
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        for format in [FormatName.collapsed, .pstats] {
            #expect(
                try ProfileFormat.convert(profile, to: format).losses.contains {
                    $0.contains("'cpu'") && $0.contains("'wall'")
                })
        }
        for format in [FormatName.pprof, .speedscope, .chrome, .gecko, .callgrind, .otlp, .jsonl] {
            #expect(try !ProfileFormat.convert(profile, to: format).losses.contains { $0.contains("clock") })
        }
    }

    /// By file and bare name, and of what has no frame.
    private static func shares(_ profile: Profile) -> [String: Double] {
        var times: [String: Double] = [:]
        for sample in profile.samples where sample.nanoseconds > 0 {
            guard let leaf = profile.stacks.leaf(of: sample.stack) else {
                times["", default: 0] += Double(sample.nanoseconds)
                continue
            }
            let function = profile.function(at: leaf)
            let name = function.name.split(separator: ".").last.map(String.init) ?? function.name
            times["\(function.file ?? "-"):\(name)", default: 0] += Double(sample.nanoseconds)
        }
        let whole = times.values.reduce(0, +)
        return times.mapValues { $0 / whole }
    }
}
