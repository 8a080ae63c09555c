import ArgumentParser
import ProfileModel
import Running

/// A design of the kind that a command takes: help lists those, and one of the other kind is refused with the reason.
protocol DesignOfOneKind: ExpressibleByArgument {
    static var kind: Kind { get }
    var design: Design { get }
    init(design: Design)
}

extension DesignOfOneKind {
    init?(argument: String) {
        guard let design = Design(argument: argument) else { return nil }
        self.init(design: design)
    }

    var defaultValueDescription: String { design.rawValue }
    static var allValueStrings: [String] { Design.allCases.filter { $0.kind == kind }.map(\.rawValue) }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// What `record` traces by.
struct RecordingDesign: DesignOfOneKind {
    static let kind = Kind.tracing
    let design: Design
}

/// What `simulate` replays.
struct SamplingDesign: DesignOfOneKind {
    static let kind = Kind.sampling
    let design: Design
}
