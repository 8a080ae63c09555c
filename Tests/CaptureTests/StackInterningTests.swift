import Capture
import Glibc
import Testing

@Suite struct StackInterningTests {
    private func frame(_ address: UInt, _ instruction: Int32) -> SampledFrame {
        SampledFrame(
            code: SampledFrame.Code(address: address, nameHead: 0, nameLength: 1, firstLine: 1),
            instruction: instruction)
    }

    @Test func equalStacksHaveOneNumberWhateverTheSlot() throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let log = try #require(LogWriter(path: path))
        var named: [SampledFrame.Code] = []
        withUnsafeMutablePointer(to: &named) { named in
            var interning = StackInterning(log: log) { code, id, _ in
                named.pointee.append(code)
                return CodeRecord(
                    id: id, language: .python, firstLine: 1, name: "", qualname: "", file: "", lineTable: [])
            }
            func intern(_ frames: [SampledFrame], slot: Int) -> UInt32 {
                frames.withUnsafeBufferPointer { interning.intern($0, slot: slot) }
            }
            let deep = intern([frame(3, 1), frame(2, 1), frame(1, 1)], slot: 0)
            #expect(intern([frame(3, 1), frame(2, 1), frame(1, 1)], slot: 1) == deep)
            let shallow = intern([frame(2, 1), frame(1, 1)], slot: 0)
            #expect(shallow != deep)
            #expect(intern([frame(3, 1), frame(2, 1), frame(1, 1)], slot: 0) == deep)
            #expect(intern([frame(3, 2), frame(2, 1), frame(1, 1)], slot: 0) != deep)
            #expect(intern([], slot: 0) == 0)
        }
        #expect(named.count == 3)
        log.close()
        var stacks = 0
        _ = try LogReader(bytes(of: path)).forEach { if case .stack = $0 { stacks += 1 } }
        #expect(stacks == 4)
    }
}
