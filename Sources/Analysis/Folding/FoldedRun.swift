import ProfileModel

/// A run's samples on folded stacks, whose nodes are places like any other, with intervals like any other's.
struct FoldedRun {
    let ownLines: [SourceLine?]
    private let profile: Profile
    private let places: [FoldedPlace]
    private let estimator: any ShareEstimator

    init(_ profile: Profile, _ own: OwnCode, within: String?) {
        var stacks = FoldedStacks(profile, own, within: within)
        var folded = profile
        for at in folded.samples.indices { folded.samples[at].stack = stacks.stack(of: folded.samples[at]) }
        (folded.stacks, folded.functions, folded.locations) = (stacks.table, [], [])
        let places = stacks.places
        let holds = stacks.table.locations.map { $0.index < 0 || places[$0.index] != .outOfScope }
        estimator = folded.estimator(Scope(within: within, holds: holds))
        ownLines = stacks.ownLines
        (self.profile, self.places) = (folded, places)
    }

    /// Every node of the tree that is worth a row: callers before what they call, the heaviest first.
    ///
    /// - Parameter package: of a file.
    func rows(_ package: (String?) -> String?) -> [FoldedRow] {
        let nodes = Places(ofStacks: profile.stacks.locations.indices.map { $0 == 0 ? nil : $0 })
        let totals = [Estimate.unknown] + estimator.estimates(nodes.total(profile.stacks))
        var children: [[Int]] = Array(repeating: [], count: profile.stacks.count)
        for node in totals.indices.dropFirst() where totals[node].share ?? 0 >= FoldedTree.leastShare {
            children[Int(profile.stacks.parents[node])].append(node)
        }
        var rows: [FoldedRow] = []
        var waiting = Self.heaviestLast(children[0], totals).map { (node: $0, depth: 0) }
        while let (node, depth) = waiting.popLast() {
            let place = places[profile.stacks.locations[node].index]
            rows += [FoldedRow(place, depth: depth, package: package, total: totals[node])].compactMap { $0 }
            waiting += Self.heaviestLast(children[node], totals).map { ($0, depth + 1) }
        }
        return rows
    }

    private static func heaviestLast(_ nodes: [Int], _ totals: [Estimate]) -> [Int] {
        nodes.sorted { (totals[$0].share ?? 0, $1) < (totals[$1].share ?? 0, $0) }
    }

    /// Whose code ran, the heaviest first.
    var parts: [FoldedPart] {
        let part = profile.stacks.locations.map { $0.index < 0 ? nil : places[$0.index].part }
        let single = estimates(part.map { part in part.flatMap { $0.library } })
        return
            (estimates(part.map { $0?.kind }).map { FoldedPart($0, time: $1) }
            + single.map { FoldedPart(.library, name: $0, time: $1) })
            .sorted {
                ($1.time.share ?? 0, $0.kind.rawValue, $0.name ?? "") < (
                    $0.time.share ?? 0, $1.kind.rawValue, $1.name ?? ""
                )
            }
    }

    private func estimates<Key: Hashable>(_ ofStack: [Key?]) -> [(Key, Estimate)] {
        let places = Places(ofStacks: ofStack)
        return zip(places.keys, estimator.estimates(places.own)).filter { $1.share ?? 0 > 0 }
    }
}

extension FoldedPlace {
    /// What the time at the end of a stack is a part of.
    fileprivate var part: CodePart? {
        switch self {
        case .part(let part): part
        case .waiting: .waiting
        case .function, .call, .imports, .elsewhere, .outOfScope: nil
        }
    }
}

extension CodePart {
    fileprivate var kind: FoldedPart.Kind {
        switch self {
        case .own: .own
        case .library: .libraries
        case .standardLibrary: .standardLibrary
        case .imports: .imports
        case .waiting: .waiting
        }
    }

    fileprivate var library: String? {
        if case .library(let name) = self { name } else { nil }
    }
}
