"""Weights that are rounded to the nearest move by steps below half a scale.

caught by: check_lab_shows_what_must_hold
message: steps below half a scale have moved weights
"""
