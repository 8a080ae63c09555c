import Glibc
import Statistics
import Testing

struct PhaseAssociationTests {
    private func sums(_ angles: [Double]) -> PhaseSums {
        var sums = PhaseSums()
        for angle in angles { sums.add(angle) }
        return sums
    }

    /// Under chance alone p is spread evenly, whether or not the angles are: 1 % falls under 1 %.
    @Test(arguments: [1.0, 0.6])
    func isAsRareAsItSays(arc: Double) {
        var random = SplitMix(state: UInt64(arc * 10))
        let below = (0..<4000).count { _ in
            let angles = (0..<200).map { _ in Double.random(in: 0..<2 * .pi * arc, using: &random) }
            let picked = angles.filter { _ in Double.random(in: 0..<1, using: &random) < 0.2 }
            return PhaseAssociation.p(sums(picked), of: sums(angles)) < 0.01
        }
        // Binomial(4000, 0.01) is within 20 to 63 but once in 2,000.
        #expect((20...63).contains(below))
    }

    /// An arc of six tenths of the circle, as in a program whose period is two intervals.
    @Test func picksOfOneArcCannotBeChance() {
        let angles = (0..<500).map { 2 * .pi * Double($0 * 618 % 500) / 500 }
        let onArc = angles.enumerated().filter { $0.element < 2 * .pi * 0.6 && $0.offset % 2 == 0 }.map(\.element)
        #expect(PhaseAssociation.p(sums(onArc), of: sums(angles)) < 1e-20)
    }

    /// Turning the circle changes nothing.
    @Test func whereTheCircleBeginsDoesNotMatter() {
        let angles = (0..<100).map { Double($0 * $0 % 97) / 20 }
        let picked = angles.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
        let p = PhaseAssociation.p(sums(picked), of: sums(angles))
        let turned = PhaseAssociation.p(sums(picked.map { $0 + 2 }), of: sums(angles.map { $0 + 2 }))
        #expect(abs(p - turned) < 1e-12 && p > 0 && p < 1)
    }

    @Test func noneAllOrOneAngleSayNothing() {
        let angles = [0.0, 1, 2, 3]
        #expect(PhaseAssociation.p(PhaseSums(), of: sums(angles)) == 1)
        #expect(PhaseAssociation.p(sums(angles), of: sums(angles)) == 1)
        #expect(PhaseAssociation.p(sums([1]), of: sums([1, 1, 1])) == 1)
        #expect(PhaseAssociation.p(PhaseSums(), of: PhaseSums()) == 1)
    }
}
