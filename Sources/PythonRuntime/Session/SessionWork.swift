import Capture

/// What a session does: a design's work, or for benchmarks the least that such work costs.
public enum SessionWork: Sendable {
    case design(Design)
    case floor(Floor)

    /// Callbacks, a hook and a signal's handler that do nothing.
    public enum Floor: String, Sendable {
        case nothing, interrupt
        case evalframeNothing = "evalframe-nothing"
        case monitoringNothing = "monitoring-nothing"
    }

    init?(name: String) {
        if let design = Design(rawValue: name) {
            self = .design(design)
        } else if let floor = Floor(rawValue: name) {
            self = .floor(floor)
        } else {
            return nil
        }
    }

    /// What a design that is written in Python declares is told behind its name. `nil` for what it cannot declare.
    func written(kind: String) -> SessionWork? {
        guard let design = written, let kind = DesignFacts.Kind(rawValue: kind) else { return nil }
        return WrittenDesign(design.name, kind, instantsAreOwn: design.instantsAreOwn).map { .design(.written($0)) }
    }

    func written(instants: String) -> SessionWork? {
        guard let design = written else { return nil }
        return WrittenDesign(design.name, design.kind, instantsAreOwn: instants == "own").map { .design(.written($0)) }
    }

    /// `nil` of what is not written in Python.
    var written: WrittenDesign? {
        if case .design(let design) = self { design.written } else { nil }
    }

    var name: String {
        switch self {
        case .design(let design): design.rawValue
        case .floor(let floor): floor.rawValue
        }
    }

    var isSampling: Bool {
        switch self {
        case .design(let design): design.facts.kind == .sampling
        case .floor(let floor): floor == .interrupt
        }
    }

    var instantsAreOwn: Bool {
        switch self {
        case .design(let design): design.facts.instantsAreOwn
        case .floor: true
        }
    }
}

extension Session {
    func begin(_ floor: SessionWork.Floor) throws(SessionError) {
        if floor == .interrupt { return try sample(SignalDesign(sampledProgram(), looks: false)) }
        writeFacts(.tracing, start: KernelClock.now())
        switch floor {
        case .nothing: EmptyCallback.begin()
        case .evalframeNothing: EmptyEvaluation.begin()
        case .monitoringNothing: try EmptyMonitoring.begin()
        case .interrupt: break
        }
    }

    func end(_ floor: SessionWork.Floor) {
        switch floor {
        case .nothing: EmptyCallback.end()
        case .evalframeNothing: EmptyEvaluation.end()
        case .monitoringNothing: EmptyMonitoring.end()
        case .interrupt: break
        }
    }
}
