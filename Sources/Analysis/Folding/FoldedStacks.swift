import ProfileModel

/// The stacks of a profile with library code folded into the own line that called it.
///
/// A function is on a folded stack once, where it is met first: recursion makes no stack deeper, and what a node
/// has beneath it is the time with these functions on the stack, first met in this order.
struct FoldedStacks {
    private(set) var table = StackTable()
    /// By location of `table`.
    private(set) var places: [FoldedPlace] = []
    /// By stack of the profile: the innermost own line on it.
    var ownLines: [SourceLine?] { reached.map(\.line) }

    private var numbers: [FoldedPlace: LocationID] = [:]
    private var reached: [Reached]
    private let profile: Profile
    private let origins: [CodeOrigin]
    /// By stack of the profile: the folded stack of samples whose thread ran, and of those whose thread waited.
    private var ends: [StackID?]
    private var waitingEnds: [StackID?]
    /// Of samples that tell what an own line calls in C.
    private var callingEnds: [Calling: StackID] = [:]

    private struct Calling: Hashable {
        var stack: StackID
        var called: String
        var isWaiting: Bool
    }

    /// Where a walk down a stack has come to.
    private struct Reached {
        /// In `table`.
        var node = StackID.empty
        /// The innermost own line.
        var line: SourceLine?
        /// What the innermost own line called, or of what the stack is outside all own code; `nil` in own code.
        var called: CodeOrigin?
        var isImporting = false
        var isInScope: Bool
    }

    /// - Parameter within: the function beneath whose outermost call folded stacks begin; `nil` for whole stacks.
    init(_ profile: Profile, _ own: OwnCode, within: String?) {
        self.profile = profile
        origins = own.origins(profile)
        ends = Array(repeating: nil, count: profile.stacks.count)
        waitingEnds = ends
        reached = [Reached(isInScope: within == nil)]
        reached.reserveCapacity(profile.stacks.count)
        for stack in profile.stacks.parents.indices.dropFirst() {
            let location = profile.locations[profile.stacks.locations[stack].index]
            reached.append(next(reached[Int(profile.stacks.parents[stack])], location, within))
        }
    }

    /// The folded stack of a sample.
    mutating func stack(of sample: Sample) -> StackID {
        let index = sample.stack.index
        if let called = sample.called, isCall(called, isWaiting: sample.isWaiting) {
            return stack(of: Calling(stack: sample.stack, called: called, isWaiting: sample.isWaiting))
        }
        if let known = sample.isWaiting ? waitingEnds[index] : ends[index] { return known }
        let end = end(of: reached[index], isWaiting: sample.isWaiting)
        if sample.isWaiting { waitingEnds[index] = end } else { ends[index] = end }
        return end
    }

    /// A wait stands apart, whatever it is that waits; but what the interpreter itself waits for is said.
    private func isCall(_ called: String, isWaiting: Bool) -> Bool { !isWaiting || called == Function.lockWait }

    private mutating func stack(of calling: Calling) -> StackID {
        if let known = callingEnds[calling] { return known }
        var at = reached[calling.stack.index]
        if at.isInScope, !at.isImporting, at.called == nil, let line = at.line {
            at.called = .c
            at.node = push(.call(from: line, to: Function(ofC: calling.called)), onto: at.node)
        }
        let end = end(of: at, isWaiting: calling.isWaiting)
        callingEnds[calling] = end
        return end
    }

    private mutating func end(of at: Reached, isWaiting: Bool) -> StackID {
        guard at.isInScope else { return push(.outOfScope, onto: .empty) }
        if at.isImporting { return push(.part(.imports), onto: at.node) }
        let isOutside = at.line == nil
        let node = isOutside ? push(.elsewhere(at.called ?? .c), onto: .empty) : at.node
        if isWaiting { return push(.waiting(at.called == nil ? at.line : nil), onto: node) }
        // Without any frame nobody knows whose code ran; what is written in C and called by nobody's is Python's.
        guard isOutside else { return push(.part(at.called.part), onto: node) }
        return at.called.map { push(.part($0 == .c ? .standardLibrary : $0.part), onto: node) } ?? node
    }

    private mutating func next(_ from: Reached, _ location: Location, _ within: String?) -> Reached {
        let function = profile.functions[location.function.index]
        var at = from
        if !at.isInScope {
            guard function.name == within || function.qualname == within else { return at }
            at.isInScope = true
            enterOwn(function, location.line, &at)
        } else if origins[location.function.index] == .own {
            enterOwn(function, location.line, &at)
        } else {
            enterOther(function, origins[location.function.index], &at)
        }
        return at
    }

    private mutating func enterOwn(_ function: Function, _ line: Int, _ at: inout Reached) {
        let isInner = at.line != nil && function.isComprehension
        at.line = line > 0 ? SourceLine(file: function.file ?? "", line: line) : .somewhere(in: function)
        // A module that is being imported is a part of the imports, and what it calls is not.
        if at.isImporting, function.name == "<module>" { return }
        (at.isImporting, at.called) = (false, nil)
        if !isInner { at.node = push(.function(function), onto: at.node) }
    }

    private mutating func enterOther(_ function: Function, _ origin: CodeOrigin, _ at: inout Reached) {
        if at.isImporting { return }
        if function.isImporting {
            at.isImporting = true
            at.node = push(.imports, onto: at.node)
        } else if let line = at.line {
            guard at.called == nil else { return }
            at.called = origin
            at.node = push(.call(from: line, to: function), onto: at.node)
        } else if at.called == nil || at.called?.isPlumbing == true {
            at.called = origin
        }
    }

    /// The node of a place on a stack; where that is on it already, the stack as it is.
    private mutating func push(_ place: FoldedPlace, onto node: StackID) -> StackID {
        let location = number(place)
        var at = node
        while at != .empty {
            if table.leaf(of: at) == location { return node }
            at = table.parent(of: at)
        }
        return table.push(location, onto: node)
    }

    private mutating func number(_ place: FoldedPlace) -> LocationID {
        if let known = numbers[place] { return known }
        let new = LocationID(places.count)
        places.append(place)
        numbers[place] = new
        return new
    }
}

extension Optional<CodeOrigin> {
    /// Whose code runs where own code has called this.
    fileprivate var part: CodePart { self?.part ?? .own }
}

extension CodeOrigin {
    fileprivate var part: CodePart {
        switch self {
        case .own, .c: .own
        case .library(let name): .library(name)
        case .standardLibrary: .standardLibrary
        }
    }

    /// Whether it only starts what runs beneath it: `exec` is written in C.
    fileprivate var isPlumbing: Bool {
        switch self {
        case .c, .standardLibrary("runpy"), .standardLibrary("threading"), .library("bin"): true
        case .own, .library, .standardLibrary: false
        }
    }
}

extension Function {
    /// Whether it is a part of the function around it, as it is to the interpreter, too, from 3.12 on.
    fileprivate var isComprehension: Bool {
        ["<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"].contains(name)
    }
}

extension Function {
    /// Whether it is a part of the import system.
    var isImporting: Bool {
        guard let file else { return false }
        return file.hasPrefix("<frozen importlib.") || file == "<frozen zipimport>"
            || file.hasSuffix("/importlib/__init__.py")
    }
}
