"""What every run of a check has: its worker, its seed, its deadline, what it received."""
