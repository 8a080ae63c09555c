import ProfileModel
import Testing

@testable import Analysis

/// Which function and which line of one version is which of the other.
@Suite struct VersionMatchingTests {
    private func names(
        _ old: PlantedVersion, _ new: PlantedVersion, renamed: [RenamedPath] = []
    ) -> PlaceNames {
        let (before, after) = ([old.run(0)], [new.run(0)])
        let paths = VersionPaths(old: before, new: after, renamed: renamed)
        return VersionMatching(
            old: VersionPlaces(before, paths.old), new: VersionPlaces(after, paths.new)
        ).names
    }

    /// Where the new version has a line of the old one; 0 where it has not seen it.
    private func line(_ number: Int, _ names: PlaceNames, file: String = "/home/ada/p.py") -> Int {
        let name = names.name(of: SourceLine(file: file, line: number))
        return name.isOnlyBefore ? 0 : name.line
    }

    @Test func theSameIsItself() {
        #expect(names(.plain, .plain).isOwn)
    }

    /// Of two lines alike in one function each is found by its neighbours.
    @Test func aLineInsertedInAFunctionMovesThoseBelow() {
        var new = PlantedVersion.plain
        new.source.insert("    c = 3", at: 3)
        new.stacks = [
            ("main:13 f:2", 1), ("main:13 f:3", 1), ("main:13 f:6", 1), ("main:13 f:7", 1), ("main:14 g:10", 1),
            ("main:13", 1),
        ]
        (new.firstLines["g"], new.firstLines["main"]) = (9, 12)
        let found = names(.plain, new)
        #expect([2, 3, 5, 6, 9, 12].map { line($0, found) } == [2, 3, 6, 7, 10, 13])
    }

    /// The first of two lines alike was not seen in the new version: the second is not taken for it.
    @Test func neighboursTellLinesApart() {
        var new = PlantedVersion.plain.below(1)
        new.stacks.remove(at: 1)
        #expect([3, 5].map { line($0, names(.plain, new)) } == [0, 6])
    }

    @Test func aLineThatWasEditedIsAnother() {
        var new = PlantedVersion.plain
        new.source[8] = "    return 4"
        let found = names(.plain, new)
        #expect(line(9, found) == 0 && line(5, found) == 5)
    }

    @Test func indentationIsNoChange() {
        var new = PlantedVersion.plain
        new.source[8] = "\t        return 3  "
        #expect(names(.plain, new).isOwn)
    }

    @Test func oneProjectInTwoFoldersIsOne() {
        var (old, new) = (PlantedVersion.plain, PlantedVersion.plain.below(4))
        (old.file, new.file) = ("/w/old/bench/p.py", "/w/new/bench/p.py")
        let found = names(old, new)
        let function = Function(name: "f", qualname: "f", file: old.file, line: 1)
        #expect(found.key(of: function) == FunctionKey(file: new.file, line: 5, name: "f"))
        #expect(line(9, found, file: old.file) == 13)
        let paths = VersionPaths(old: [old.run(0)], new: [new.run(0)])
        #expect(paths.old("/w/old/lib/q.py") == paths.new("/w/new/lib/q.py"))
    }

    @Test(arguments: [("p.py", "src/q.py"), ("/home/ada/p.py", "src/q.py"), ("p.py/", "src/q.py/")])
    func aRenamedFileIsFoundByItsNewName(old: String, now: String) {
        var new = PlantedVersion.plain.below(2)
        (new.file, new.program) = ("/home/ada/src/q.py", ["run.py"])
        let paths = { (renamed: [RenamedPath]) in
            VersionPaths(
                old: [PlantedVersion.plain.run(0)], new: [new.run(0)], renamed: renamed,
                roots: (["/home/ada"], ["/home/ada"]))
        }
        #expect(paths([]).old("/home/ada/p.py") != paths([]).new(new.file))
        #expect(paths([RenamedPath(old: old, new: now)]).old("/home/ada/p.py") == paths([]).new(new.file))
    }

    @Test func aRenamedFolderTakesItsFilesAlong() {
        let renamed = [RenamedPath(old: "lib", new: "src/lib")]
        let paths = PortablePaths(roots: ["/p"], renamed: renamed)
        #expect(paths("/p/lib/a/b.py") == "src/lib/a/b.py" && paths("/p/library.py") == "library.py")
    }

    /// What was run is the program in both, whatever its file is called.
    @Test func anotherScriptIsTheProgramToo() {
        func profile(_ file: String) -> Profile {
            var planted = Planted("signal", .sampling)
            planted.add("<module>:1 work:2", 1)
            var profile = planted.living(1)
            profile.functions = profile.functions.map { function in
                Function(name: function.name, qualname: function.qualname, file: "/p/" + file, line: function.line)
            }
            (profile.program, profile.own) = ([file], ["/p"])
            return profile
        }
        let paths = VersionPaths(old: [profile("old.py")], new: [profile("new.py")])
        #expect(paths.old("/p/old.py") == "new.py" && paths.new("/p/new.py") == "new.py")
    }

    /// Lambdas have one qualified name: each stays the one that it was.
    @Test func functionsOfOneNameFollowEachOther() {
        func profile(_ lines: [Int]) -> Profile {
            var symbols = SymbolInterning()
            for line in lines {
                _ = symbols.intern(Function(qualified: "f.<lambda>", file: "/p/x.py", line: line), line: line)
            }
            var profile = Profile(design: "signal", kind: .sampling)
            (profile.functions, profile.locations, profile.own) = (symbols.functions, symbols.locations, ["/p"])
            return profile
        }
        let (old, new) = ([profile([3, 7])], [profile([13, 17])])
        let paths = VersionPaths(old: old, new: new)
        let names = VersionMatching(old: VersionPlaces(old, paths.old), new: VersionPlaces(new, paths.new)).names
        #expect(old[0].functions.map { names.key(of: $0)?.line } == [13, 17])
    }
}
