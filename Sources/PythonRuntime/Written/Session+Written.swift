import CPython
import Capture

extension Session {
    /// Starts a design that is written in Python.
    func begin(_ design: WrittenDesign) throws(SessionError) {
        let object = try WrittenObject.take(design)
        switch design.kind {
        case .tracing:
            try object.start(settings, WrittenFunctions.tracing())
            try trace(WrittenTracing(tracedThreads(), object))
        case .sampling:
            let program = try sampledProgram()
            try object.start(settings, WrittenFunctions.sampling())
            try sample(object, program)
        }
    }

    private func sample(_ object: WrittenObject, _ program: SampledProgram) throws(SessionError) {
        let stop = StopSignal()
        let schedule = TickSchedule(settings.schedule, rate: settings.rate, seed: settings.seed)
        let sampling = WrittenSampling(object, program, schedule, until: stop, processWatch(until: stop))
        guard sampling.begin() else {
            _ = object.stop()
            throw SessionError("the system has no thread left for the sampler")
        }
        follow(sampling)
        let start = KernelClock.now()
        writeFacts(.sampling, start: start)
        sampling.open(at: start)
    }
}
