"""A cluster whose network is the grader: ranks are workers, and messages are calls."""
