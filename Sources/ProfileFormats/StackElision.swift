import ProfileModel

/// A stack that is written frame by frame, its middle left out where it is very deep.
///
/// In the model a stack costs one node however deep it is; in a file every frame of every stack
/// costs, and the calls of one deep recursion would grow with the square of its depth.
struct ElidedStack: Equatable {
    /// As many frames as are written of one stack, the one that stands for the elided ones included.
    static let deepest = 2_048

    /// The frames nearest to the leaf, leaf first.
    var top: [LocationID]
    /// How many frames are left out between `top` and `bottom`.
    var elided = 0
    /// The frames nearest to the root, leaf first; empty where nothing is left out.
    var bottom: [LocationID] = []

    init(_ stack: StackID, in table: StackTable) {
        top = table.frames(of: stack)
        guard top.count > Self.deepest else { return }
        let half = Self.deepest / 2
        elided = top.count - (Self.deepest - 1)
        bottom = Array(top.suffix(half - 1))
        top = Array(top.prefix(half))
    }

    /// What stands in a file for `count` frames left out.
    static func function(eliding count: Int) -> Function {
        let name = "<\(count) frames elided>"
        return Function(name: name, qualname: marker, file: nil, line: 0)
    }

    /// The qualified name that tells our own placeholder from a function that is called like one.
    static let marker = "swprof.elided"
}
