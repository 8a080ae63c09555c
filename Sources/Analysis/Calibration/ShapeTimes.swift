import Statistics

/// What the calls of one shape took in one round, in nanoseconds a call, as straight lines over the length of the callee's body.
struct ShapeTimes {
    var kind: CalibrationLoop.Kind
    var shape: String
    /// As the tracer measured it.
    var callee: StraightLine
    /// Call and callee by the program's own clock, plain and traced, without the loop about them.
    var plain: StraightLine
    var traced: StraightLine
    /// Of a design that is told of lines.
    var lines: ShapeLines?

    /// `nil` where there are too few lengths.
    init?(
        _ loops: [CalibrationLoop], callee: (CalibrationLoop) -> Double?, plain: (CalibrationLoop) -> Double?,
        traced: (CalibrationLoop) -> Double?
    ) {
        func line(_ time: (CalibrationLoop) -> Double?) -> StraightLine? {
            StraightLine(loops.compactMap { loop in time(loop).map { (x: Double(loop.length), y: $0) } })
        }
        guard let first = loops.first, let callee = line(callee), let plain = line(plain), let traced = line(traced)
        else { return nil }
        (kind, shape) = (first.kind, first.shape)
        (self.callee, self.plain, self.traced) = (callee, plain, traced)
    }

    /// By what factor the design slows the body; only of Python's.
    var stretch: Double { traced.slope / plain.slope }

    /// Inside and outside of the callee's interval, by the convention of `ProbeCalibration`; and of a line.
    func costs(stretch: Double) -> [Double] {
        let line = lines?.cost
        let ofLines = (line ?? 0) * (lines?.hitsOnOneLine ?? 0)
        let inside = callee.intercept - ofLines
        return [inside, traced.intercept - stretch * plain.intercept - ofLines - inside] + [line].compactMap { $0 }
    }
}
