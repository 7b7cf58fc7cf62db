"""Hyperband is left as it was in the template.

caught by: check_hyperband_runs_its_brackets
message: part 2.3
appended to: racing.py
"""


def hyperband(sample, train, R, eta):
    raise NotImplementedError("part 2.3: Hyperband")
