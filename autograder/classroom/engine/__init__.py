"""Grades a class on this machine: a ledger that loses nothing, one process for each grading."""
