import ProfileModel

extension Comparison {
    /// The findings of rounds in which both versions of a program ran, the one before twice.
    ///
    /// - Parameters:
    ///   - rounds: with the runs `before`, `after` and `again`.
    ///   - roots: the folders of both versions' own code.
    ///   - renamed: files and folders of the version before that have another name in the new one.
    ///   - program: the new version's words.
    public static func findings(
        ofVersions rounds: [Round], roots: (old: [String], new: [String]), renamed: [RenamedPath], program: [String],
        audit: [String: String]
    ) -> CompareFindings {
        func profiles(_ names: [String]) -> [Profile] {
            rounds.flatMap { round in names.compactMap { round.runs[$0]?.profile } }
        }
        let (old, new) = (profiles(["before", "again"]), profiles(["after"]))
        let versions = ComparedVersions(
            old: old, new: new, VersionPaths(old: old, new: new, renamed: renamed, roots: roots)
        ) { isOld, names in
            ComparisonArm(isOld ? "before" : "after", in: rounds, names: names)
        } again: { names in
            ComparisonArm("again", in: rounds, names: names)
        }
        var findings = CompareFindings(
            program: program, python: new.first?.python ?? "", runs: rounds.count, clock: new.first?.clock ?? .wall,
            audit: audit)
        guard let versions else { return findings }
        findings.designs = [versions.old.finding, versions.new.finding]
        findings.addVersions(versions, renamed, isAliasing: findings.designs.map(\.isAliasing))
        return findings
    }
}

extension CompareFindings {
    /// Compares two versions of a program, place by place.
    mutating func addVersions(_ versions: ComparedVersions, _ renamed: [RenamedPath], isAliasing: [Bool]) {
        addPairs(of: [versions.old, versions.new], isAliasing: isAliasing)
        // Of two commands that were given to be compared, that they differ is no news.
        if versions.arePaired { caveats.removeAll { $0.code == "program-mismatch" } }
        (change, trees) = (versions.findings, [])
        caveats += [versions.machineMismatch, change?.selfTest?.drift].compactMap { $0 }
        caveats += renamed.compactMap(versions.unused)
    }
}

extension ComparedVersions {
    /// Said where the two ran on different machines.
    fileprivate var machineMismatch: Caveat? {
        func machine(_ arm: ComparisonArm) -> [String] {
            ["processor", "processors"].map { arm.first.audit[$0] ?? "" }
        }
        let (before, after) = (machine(old), machine(new))
        guard before != after, ![before, after].contains(where: { $0.allSatisfy(\.isEmpty) }) else { return nil }
        return Caveat(
            code: "machine-mismatch",
            text: "`\(old.name)` ran on \(before.joined(separator: ", ")) processors and `\(new.name)` on "
                + "\(after.joined(separator: ", ")): seconds differ because the machines do.")
    }

    /// Said where nothing that ran has the old name.
    fileprivate func unused(_ renamed: RenamedPath) -> Caveat? {
        let files = Set(old.runs.flatMap { $0.profile.functions.compactMap(\.file) })
        let names = files.union(files.map { paths.oldAsItWas($0) })
        guard !names.contains(where: { renamed.newName(of: $0) != nil }) else { return nil }
        return Caveat(
            code: "map-unused",
            text: "No file of `\(old.name)` is '\(renamed.old)' or lies in it, so that it was not renamed to "
                + "'\(renamed.new)': give its path from the program's folder on, or the whole.")
    }
}

extension Ratio {
    /// Said where the version before, held against itself, leaves 1 out.
    fileprivate var drift: Caveat? {
        guard isNotOne, let low, let high else { return nil }
        return Caveat(
            code: "control-drift",
            text: "The version before, compared with itself, has a ratio of \(Words.decimals(low, 3)) to "
                + "\(Words.decimals(high, 3)), which excludes 1: changes this small are not reliable here.")
    }
}
