"""A budget as a clause: in the tables of a handout, and where a check is explained."""

from autograder.model.assignment import Budget


def budget_in_words(budget: Budget, mark: str = "") -> str:
    """What is at most allowed; `mark` stands around formulas and names, such as a backtick."""
    if budget.time is not None:
        return f"{budget.time:g} x the yardstick {mark}{budget.yardstick}{mark}"
    if budget.speedup is not None:
        return f"1/{budget.speedup:g} of the wall time of one worker"
    counted = f"{mark}{budget.memory or budget.operations}{mark} {budget.counted_in}"
    if budget.witness is None:
        return counted
    witness = budget.witness
    return f"{counted}, and {witness.time:g} x the yardstick {mark}{witness.yardstick}{mark}"
