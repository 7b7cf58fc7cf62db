"""This machine and its processes: facts, threads, clocks and files, for every process of ours."""
