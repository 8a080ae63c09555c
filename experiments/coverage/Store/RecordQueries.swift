import GRDB
import Measuring
import Running

/// What pieces ask of the store: rows by the values of their columns.
extension Store {
    typealias Values = [String: (any DatabaseValueConvertible)?]

    func insert(_ record: some PersistableRecord) throws { try write { try record.insert($0) } }

    func has<Record: TableRecord>(_ type: Record.Type, _ values: Values) throws -> Bool { try count(type, values) > 0 }

    func count<Record: TableRecord>(_ type: Record.Type, _ values: Values) throws -> Int {
        try read { try Self.request(type, values).fetchCount($0) }
    }

    /// - Parameter columns: in whose order the rows come.
    func records<Record: TableRecord & FetchableRecord>(
        _ type: Record.Type, _ values: Values = [:], by columns: String...
    ) throws -> [Record] {
        try read { try Self.request(type, values).order(columns.map { Column($0) }).fetchAll($0) }
    }

    private static func request<Record: TableRecord>(_ type: Record.Type, _ values: Values) -> QueryInterfaceRequest<
        Record
    > {
        type.filter(values.map { Column($0.key) == $0.value }.joined(operator: .and))
    }
}
