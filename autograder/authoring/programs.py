"""Moved to grading.proving_programs."""

from autograder.grading.proving_programs import ACCEPTED, Program, Programs, compose, programs_of

__all__ = ["ACCEPTED", "Program", "Programs", "compose", "programs_of"]
