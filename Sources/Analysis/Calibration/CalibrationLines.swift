/// What a body takes longer where every statement has a line of its own, over bodies of all lengths of one shape.
struct ShapeLines {
    /// Lines run in a call of a callee whose body is on one line.
    let hitsOnOneLine: Double
    /// By what calls with the body on several lines exceed those with it on one: lines run, and nanoseconds plain and traced.
    private let hits: Double
    private let plain: Double
    private let traced: Double

    /// `nil` where the design was told of no lines.
    ///
    /// - Parameters:
    ///   - loops: of one shape, with the body on one line.
    ///   - hits: lines run in a call.
    init?(
        _ loops: [CalibrationLoop], hits: [CalibrationLoop: Double], plain: (CalibrationLoop) -> Double?,
        traced: (CalibrationLoop) -> Double?
    ) {
        func excess(_ value: (CalibrationLoop) -> Double?) -> Double {
            loops.reduce(0) { sum, loop in
                guard let onLines = value(loop.onLines), let onOne = value(loop) else { return sum }
                return sum + onLines - onOne
            }
        }
        (self.hits, self.plain, self.traced) = (excess { hits[$0] }, excess(plain), excess(traced))
        hitsOnOneLine = loops.reduce(0) { $0 + (hits[$1] ?? 0) } / Double(loops.count)
        guard self.hits > 0 else { return nil }
    }

    /// Nanoseconds a line.
    func cost(stretch: Double) -> Double { (traced - stretch * plain) / hits }
}

extension CalibrationLoop {
    /// The same with every statement on a line of its own.
    fileprivate var onLines: CalibrationLoop {
        var loop = self
        loop.kind = .line
        return loop
    }
}
