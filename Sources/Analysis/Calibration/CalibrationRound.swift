import ProfileModel

/// The calibrating program run once plain and once profiled.
public struct CalibrationRound: Sendable {
    var control: String
    var traced: String
    var profile: Profile

    /// - Parameters:
    ///   - control: what the plain process printed.
    ///   - traced: what the traced process printed.
    public init(control: String, traced: String, profile: Profile) {
        (self.control, self.traced, self.profile) = (control, traced, profile)
    }

    /// By kind and shape; a shape that the design sees no events of is missing.
    ///
    /// The plain process's times are brought to the pace of the traced one.
    func shapes() -> [ShapeTimes] {
        let (control, traced) = (PrintedLoops(control), PrintedLoops(traced))
        let callees = CalleeTimes(profile)
        let loops = callees.times.keys.filter { $0.kind != .line }
        let plain = { control.call(in: $0, at: traced.pace) }
        let withProbes = { traced.call(in: $0, at: traced.pace) }
        let shapes = Dictionary(grouping: loops) { "\($0.kind.rawValue) \($0.shape)" }
        return shapes.sorted { $0.key < $1.key }.compactMap { _, loops in
            var times = ShapeTimes(
                loops, callee: { callees.time(of: $0, in: traced) }, plain: plain, traced: withProbes)
            times?.lines = ShapeLines(loops, hits: callees.hits, plain: plain, traced: withProbes)
            return times
        }
    }
}
