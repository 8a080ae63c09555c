import ProfileModel

/// A node of the folded tree.
enum FoldedPlace: Hashable {
    /// An own function.
    case function(Function)
    /// A function that is not the user's own, called by an own line, with all that it calls.
    case call(from: SourceLine, to: Function)
    /// All that importing modules takes.
    case imports
    /// Time in which the thread waited; the line where it was an own line that did.
    case waiting(SourceLine?)
    /// Code that no own line called, by its package.
    case elsewhere(CodeOrigin)
    /// The end of every stack: whose code ran.
    case part(CodePart)
    /// Where samples are that are no part of the shares.
    case outOfScope
}

/// What the time of a run is made up of, by whose code ran.
public enum CodePart: Hashable, Sendable {
    /// The user's own, with what it calls that is written in C.
    case own
    case library(String)
    case standardLibrary
    case imports
    case waiting
}
