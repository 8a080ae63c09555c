import ProfileModel

/// What a location of a pprof file stands for.
enum PprofPlace {
    /// One frame, or several where functions were inlined; leaf first.
    case frames([LocationID])
    /// Frames that our own writer left out.
    case elision(Function)
}

/// The functions and locations of a pprof file, by the ids that the file gives them.
struct PprofSymbols {
    private(set) var places: [UInt64: PprofPlace] = [:]
    private(set) var interning = SymbolInterning()
    private var functions: [UInt64: Function] = [:]

    /// - Parameter own: whether swprof wrote the file, so that system names are qualified names.
    init(_ file: PprofFile, own: Bool) throws(FormatError) {
        for entry in file.tables.function {
            let function = own ? try Self.own(entry, file) : try Self.foreign(entry, file)
            functions[entry.id] = function
            if !(own && function.qualname == ElidedStack.marker) { _ = interning.intern(function) }
        }
        for entry in file.tables.location { places[entry.id] = try place(entry, own: own) }
    }

    /// Interns a frame that stands for elided ones which nothing else tells.
    mutating func intern(elision: Function) -> LocationID {
        var function = elision
        function.qualname = function.name
        return interning.intern(function, line: 0)
    }

    private static func own(
        _ entry: Perftools_Profiles_Function, _ file: PprofFile
    ) throws(FormatError) -> Function {
        Function(
            name: try file.text(entry.name), qualname: PprofSystemName.qualname(try file.text(entry.systemName)),
            // Index 0 is no file; another index may be a file whose name is empty.
            file: entry.filename == 0 ? nil : try file.text(entry.filename), line: line(entry.startLine))
    }

    private static func foreign(
        _ entry: Perftools_Profiles_Function, _ file: PprofFile
    ) throws(FormatError) -> Function {
        var name = try file.text(entry.name)
        if name.isEmpty { name = try file.text(entry.systemName) }
        return ForeignFunction.function(name, file: try file.text(entry.filename), line: line(entry.startLine))
    }

    private mutating func place(
        _ location: Perftools_Profiles_Location, own: Bool
    ) throws(FormatError) -> PprofPlace {
        var frames: [LocationID] = []
        for line in location.line {
            let function = try function(line.functionID, at: location)
            if own, function.qualname == ElidedStack.marker { return .elision(function) }
            frames.append(interning.intern(function, line: Self.line(line.line)))
        }
        if frames.isEmpty { frames = [interning.intern(Self.unnamed(location), line: 0)] }
        return .frames(frames)
    }

    private func function(
        _ id: UInt64, at location: Perftools_Profiles_Location
    ) throws(FormatError) -> Function {
        if let known = functions[id] { return known }
        guard id == 0 else { throw .damaged("location \(location.id) is in function \(id), which the file lacks") }
        return Self.unnamed(location)
    }

    /// Machine code without symbols, known by its address alone.
    private static func unnamed(_ location: Perftools_Profiles_Location) -> Function {
        let name = "0x" + String(location.address, radix: 16)
        return Function(name: name, qualname: name, file: nil, line: 0)
    }

    /// Line numbers that no source file has become 0, unknown.
    private static func line(_ line: Int64) -> Int {
        Int(Int32(exactly: line).map { max($0, 0) } ?? 0)
    }
}
