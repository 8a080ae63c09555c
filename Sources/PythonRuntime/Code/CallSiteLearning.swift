import Capture

/// Finds out where the calls of functions have their callees, each function once, from outside and without the
/// interpreter's lock.
struct CallSiteLearning {
    private let naming: CodeNaming
    private let sites: CallSites
    private let shape: CallShape
    private let opcodes: OpcodeTable
    private var known: Set<SampledFrame.Code> = []

    /// `nil` where the walk tells no callees.
    init?(_ walk: FrameWalk) {
        guard let sites = walk.callees?.sites, let version = SupportedPython.running else { return nil }
        naming = CodeNaming(walk: walk)
        self.sites = sites
        shape = PythonVersion.running?.calls ?? CallShape()
        opcodes = .of(version)
    }

    /// Whether it was not known before.
    mutating func learn(_ code: SampledFrame.Code) -> Bool {
        guard !Callee.isOne(code), known.insert(code).inserted, let facts = naming.callFacts(of: code),
            let heights = StackHeights(
                facts.instructions, exceptions: facts.exceptions,
                first: facts.isResumable ? shape.heightOfGenerators : 0, opcodes)
        else { return false }
        heights.forEach { unit, opcode, argument, height in
            guard let name = opcodes.name(opcode), let depth = shape.depth(ofCalleeIn: name, argument: argument) else {
                return
            }
            let taken = shape.hasPrecall && name == "CALL" ? argument : 0
            let frame = SampledFrame(code: code, instruction: Int32(unit))
            sites.insert(frame, place: facts.variables + height + taken - depth)
        }
        return true
    }
}
