/// One pass of a function under a duet, with its times in seconds.
public struct MeasuredPass: Sendable, Equatable {
    /// What its pair compares.
    public enum Arm: Int, Sendable {
        /// The design on with the design off.
        case duet
        /// The design on with itself, and off with itself.
        case on, off
    }

    public var arm: Arm
    /// The number of its pair; that of the pair that comes next for a washout pass.
    public var pair: Int
    /// How many passes there were since the design was switched; 0 is the washout pass.
    public var place: Int
    public var isOn: Bool
    /// Whether it is the numerator of its pair's ratio: the pass with the design on, or one of two by chance.
    public var isNumerator: Bool
    public var wall: Double
    /// CPU time of the process, of swprof's own threads too.
    public var cpu: Double
    /// CPU time of the thread that ran the pass.
    public var threadCPU: Double

    public init(
        _ arm: Arm, pair: Int, place: Int, isOn: Bool, isNumerator: Bool, wall: Double, cpu: Double, threadCPU: Double
    ) {
        (self.arm, self.pair, self.place) = (arm, pair, place)
        (self.isOn, self.isNumerator) = (isOn, isNumerator)
        (self.wall, self.cpu, self.threadCPU) = (wall, cpu, threadCPU)
    }

    public var isWashout: Bool { place == 0 }
}

extension MeasuredPass {
    /// The columns of a file of passes, times in nanoseconds.
    static let columns = ["arm", "pair", "place", "on", "numerator", "wall", "cpu", "thread"]

    /// `nil` where the numbers are no pass.
    init?(_ row: [Int64]) {
        guard row.count == Self.columns.count, row.allSatisfy({ $0 >= 0 }), row[5] > 0, max(row[1], row[2]) < 1 << 40,
            let arm = Arm(rawValue: Int(row[0]))
        else { return nil }
        let times = row.suffix(3).map { Double($0) * 1e-9 }
        self.init(
            arm, pair: Int(row[1]), place: Int(row[2]), isOn: row[3] != 0, isNumerator: row[4] != 0, wall: times[0],
            cpu: times[1], threadCPU: times[2])
    }
}
