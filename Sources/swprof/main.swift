print("swprof")
