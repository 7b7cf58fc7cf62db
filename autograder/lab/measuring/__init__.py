"""What runs in the process that measures: experiments, clocks and counters, plots."""
