import Analysis

/// The places at which one verdict was given, so that its sentence is said once.
struct VerdictGroup {
    /// Alike in pair, rule and sentence; never empty.
    private(set) var places: [Disagreement]

    /// Groups in the order of their first places.
    static func groups(of disagreements: some Sequence<Disagreement>) -> [VerdictGroup] {
        disagreements.reduce(into: []) { groups, disagreement in
            if let known = groups.firstIndex(where: { $0.isOf(disagreement) }) {
                groups[known].places.append(disagreement)
            } else {
                groups.append(VerdictGroup(places: [disagreement]))
            }
        }
    }

    private func isOf(_ other: Disagreement) -> Bool {
        places.contains { $0.text == other.text && $0.a == other.a && $0.b == other.b && $0.likelier == other.likelier }
    }
}
