"""Hyperband trained every rung from nothing.

caught by: check_lab_shows_what_must_hold
message: of a budget of 357
"""
