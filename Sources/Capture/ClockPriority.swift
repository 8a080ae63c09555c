import CMachine

/// The priority of a sampler's clock thread.
public enum ClockPriority {
    /// Asks for the least real-time priority, where it is to be had: a clock that shares its processor with a
    /// thread of the program is else let in milliseconds late, and the ticks that it loses are no chance.
    ///
    /// Only for a thread that sleeps, and where there is another processor: it goes before all that is not
    /// real-time.
    public static func take() {
        guard machine_processors() > 1 else { return }
        _ = machine_take_realtime()
    }
}
