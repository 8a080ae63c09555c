import Statistics

/// What a line costs, over bodies of all lengths of one shape with every statement on a line of its own.
struct ShapeLines {
    /// Lines run in a call of a callee whose body is on one line.
    let hitsOnOneLine: Double
    /// Nanoseconds a line: what a body takes longer, traced less plain, for each line that it has more of. What the design
    /// adds to the line's instructions is a part of it.
    let cost: Double

    /// `nil` where the design was told of no lines.
    ///
    /// - Parameters:
    ///   - loops: of one shape, with the body on one line.
    ///   - hits: lines run in a call.
    init?(
        _ loops: [CalibrationLoop], hits: [CalibrationLoop: Double], plain: (CalibrationLoop) -> Double?,
        traced: (CalibrationLoop) -> Double?
    ) {
        func growth(_ value: (CalibrationLoop) -> Double?) -> Double? {
            StraightLine(loops.compactMap { loop in value(loop.onLines).map { (x: Double(loop.length), y: $0) } })?
                .slope
        }
        guard let lines = growth({ hits[$0] }), lines > 0, let plain = growth(plain), let traced = growth(traced) else {
            return nil
        }
        cost = (traced - plain) / lines
        hitsOnOneLine = loops.reduce(0) { $0 + (hits[$1] ?? 0) } / Double(loops.count)
    }
}

extension CalibrationLoop {
    /// The same with every statement on a line of its own.
    fileprivate var onLines: CalibrationLoop {
        var loop = self
        loop.kind = .line
        return loop
    }
}
