import Capture
import ProfileModel

/// Turns the ticks of a tracer's clock into nanoseconds since the run began.
struct TimelineClock {
    private let scale: Double
    private let zero: UInt64

    init(_ run: CapturedRun) {
        scale = run.nanosecondsPerTick
        guard run.facts["clock"] != Clock.cpu.rawValue, let first = run.clocks.first else {
            zero = 0
            return
        }
        let before = Double(first.nanoseconds - run.start) / max(scale, 1e-9)
        zero = first.ticks &- UInt64(min(max(0, before), Double(first.ticks)))
    }

    func nanoseconds(_ ticks: UInt64) -> Int64 {
        ticks > zero ? Int64(min(Double(ticks - zero) * scale, Double(Int64.max / 4))) : 0
    }
}
