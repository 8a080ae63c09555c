import Statistics

/// What a tracer says of a share whose truth is known, over trials and over points from small shares to large ones.
struct BiasCurve: Sendable {
    /// One point of one trial: shares, 0 to 1.
    struct Point: Sendable, Equatable {
        /// Of the unprofiled run.
        var truth: Double
        var measured: Double
        var compensated: Double
        /// What the calibration leaves uncertain; the whole axis where nothing is identifiable.
        var low = 0.0
        var high = 1.0
    }

    /// By trial, then by point.
    var trials: [[Point]] = []

    /// From here on a measured share is far off.
    static let farOff = 0.05

    /// A straight line of a share over the truth, both means over trials.
    private func line(_ trials: [Int], _ share: KeyPath<Point, Double>) -> StraightLine? {
        StraightLine(zip(means(trials, \.truth), means(trials, share)).map { (x: $0, y: $1) })
    }

    private func means(_ trials: [Int], _ share: KeyPath<Point, Double>) -> [Double] {
        (self.trials.first ?? []).indices.map { point in
            trials.reduce(0) { $0 + self.trials[$1][point][keyPath: share] } / Double(trials.count)
        }
    }

    /// The slope or the intercept, with its interval over trials.
    func scattered(_ share: KeyPath<Point, Double>, _ part: KeyPath<StraightLine, Double>) -> RoundsEstimate? {
        Jackknife.figure(ofRounds: trials.count) { line($0, share)?[keyPath: part] }
    }

    /// The same of compensated shares, with what the calibration leaves uncertain added in quadrature.
    ///
    /// All points are compensated by costs that err alike, so the line through their lower ends and the one through
    /// their upper ends are as far off as it may be.
    func compensated(_ part: KeyPath<StraightLine, Double>) -> RoundsEstimate? {
        let all = Array(trials.indices)
        guard let low = line(all, \.low)?[keyPath: part], let high = line(all, \.high)?[keyPath: part] else {
            return nil
        }
        return scattered(\.compensated, part)?.widened(by: abs(high - low) / 2)
    }

    /// Mean error of compensated over that of measured shares, where these are far off; `nil` where they are nowhere.
    var errorLeft: RoundsEstimate? {
        let all = Array(trials.indices)
        let far = zip(means(all, \.measured), means(all, \.truth)).map { abs($0 - $1) > Self.farOff }
        guard far.contains(true) else { return nil }
        return Jackknife.figure(ofRounds: trials.count) { trials in
            let raw = error(trials, \.measured, far)
            return raw > 0 ? error(trials, \.compensated, far) / raw : nil
        }
    }

    private func error(_ trials: [Int], _ share: KeyPath<Point, Double>, _ far: [Bool]) -> Double {
        zip(zip(means(trials, share), means(trials, \.truth)), far).reduce(0) { $0 + ($1.1 ? abs($1.0.0 - $1.0.1) : 0) }
    }
}
