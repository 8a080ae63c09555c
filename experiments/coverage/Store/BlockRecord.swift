import GRDB
import Measuring
import ProfileModel

/// One block that a program profiled of itself: a row of `block`.
struct BlockRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "block"
    var id: Int64?
    var session: Int64
    var clock: Clock
    var user: Surroundings.User
    var load: Int
    var rate: Double
    var seconds: Double
    var firstTruth: Double
    var firstSeconds: Double
    var lastTruth: Double
    var lastSeconds: Double

    init(_ block: MeasuredSeconds, under arm: Arm, session: Int64) {
        (self.session, clock) = (session, arm.clock ?? .wall)
        (user, load, rate, seconds) = (arm.surroundings.user, arm.surroundings.load, block.rate, block.seconds)
        (firstTruth, firstSeconds) = (block.firstTruth, block.firstSeconds)
        (lastTruth, lastSeconds) = (block.lastTruth, block.lastSeconds)
    }
}

extension Store {
    func blocks(under arm: Arm) throws -> [BlockRecord] {
        let around = arm.surroundings
        return try records(
            BlockRecord.self, ["clock": arm.clock?.rawValue, "user": around.user.rawValue, "load": around.load],
            by: "id")
    }
}
