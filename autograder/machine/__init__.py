"""This machine: facts, threads, clocks, memory, files, processes; all other packages use it."""
