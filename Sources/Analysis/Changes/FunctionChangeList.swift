import ProfileModel
import Statistics

/// What became of every function, time that moved told from time that was added.
struct FunctionChangeList {
    private let times: FunctionTimes
    private let changes: PlaceChanges<MatchedFunction>
    private let shifts: CostShifts
    private let old: VersionPlaces
    private let new: VersionPlaces

    /// Of a shift's bounds, either way.
    private static let error = 0.025

    init(_ times: FunctionTimes, old: VersionPlaces, new: VersionPlaces) {
        self.times = times
        changes = PlaceChanges(times.own)
        shifts = CostShifts(times, changes.changes, receivers: changes.grown, error: Self.error)
        (self.old, self.new) = (old, new)
    }

    var findings: [PlaceChange] { changes.places.map(finding).sorted() }

    private func finding(_ function: MatchedFunction) -> PlaceChange {
        var finding = changes.finding(
            function, .function, qualname: function.qualname, file: function.file,
            path: new.files[function.file] ?? old.files[function.file] ?? function.file,
            lines: (new.functions[function]?.first?.line, old.functions[function]?.first?.line),
            total: TimeChange(
                before: times.total.before(function), after: times.total.after(function),
                times.total.areSingle ? nil : times.total.change(of: [function: 1])))
        guard finding.isChanged, let moved = moved(function, grew: finding.verdict == .more) else { return finding }
        finding.moved = moved
        if let rest = shifts.rest(of: function)?.bounds(error: Self.error), rest.low <= 0, 0 <= rest.high {
            finding.verdict = .moved
        }
        return finding
    }

    private func moved(_ function: MatchedFunction, grew: Bool) -> PlaceChange.Moved? {
        (grew ? shifts.moved(to: function) : shifts.moved(from: function)).map {
            PlaceChange.Moved(seconds: $0.seconds, isHere: grew, functions: $0.from)
        }
    }
}
