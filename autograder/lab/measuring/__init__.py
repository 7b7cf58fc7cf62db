"""What runs in the process that measures: the experiments, clock and counters, plots."""
