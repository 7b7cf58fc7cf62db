"""Importance falls with alpha, so that the last alpha of the lab is best.

caught by: check_lab_shows_what_must_hold
message: the best alpha is 1
"""
