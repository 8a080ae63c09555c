import ProfileModel
import Testing

@testable import Analysis

@Suite struct ForeignCertificateTests {
    private func profile(_ tool: String, isForeign: Bool = true) -> Profile {
        var profile = Profile(design: tool, kind: .sampling)
        if isForeign { profile.caveats = [Caveat(code: "foreign-profile", text: "")] }
        return profile
    }

    /// ±1.96·√(¼/n), 2.8·√(½/n) and 3/n.
    @Test func saysWhatSoManySamplesCanShow() throws {
        let text = try #require(ForeignCertificate(profile("py-spy"), samples: 10_000)).caveat.text
        #expect(text.contains("±0.98 %") && text.contains("differ by 1.98 %") && text.contains("take 0.03 %"))
        #expect(text.contains("py-spy looks at random gaps"))
    }

    @Test func saysWhichToolsMayBeInStep() throws {
        let text = try #require(ForeignCertificate(profile("austin"), samples: 50)).caveat.text
        #expect(text.contains("austin looks at equal gaps"))
    }

    @Test func doesNotClaimToKnowATool() throws {
        let text = try #require(ForeignCertificate(profile("collapsed"), samples: 50)).caveat.text
        #expect(text.contains("Most tools look at equal gaps"))
    }

    @Test func ownProfilesHaveIntervalsInstead() {
        #expect(ForeignCertificate(profile("signal", isForeign: false), samples: 100) == nil)
        #expect(ForeignCertificate(profile("py-spy"), samples: 0) == nil)
        var tracer = profile("cProfile")
        tracer.kind = .tracing
        #expect(ForeignCertificate(tracer, samples: 100) == nil)
    }
}
