"""What each experiment gives the paper: one file an experiment, each with `told(experiment, macros)`."""
