"""Moved to grading.pool."""

from autograder.grading.pool import grading_pool

__all__ = ["grading_pool"]
