"""Measure what is graded beside correctness: operations, memory and time."""
