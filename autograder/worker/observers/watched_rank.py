"""Observer in the worker for a rank of a cluster whose memory the grader reads from outside."""

from autograder.worker.observers.high_water import prepare
from autograder.worker.observers.rank import observe

__all__ = ["observe", "prepare"]
