"""How swprof says what it cannot do."""


class SwprofError(RuntimeError):
    """What swprof could not do: one line that says what, where, and what to do."""
