"""The intervals are given by their whole width.

caught by: check_lab_agrees_with_what_can_be_computed
message: the probability outside of the interval is off
"""
