"""The calibration of the lab never happens: its layers are those without compensation.

caught by: check_lab_shows_what_must_hold
message: the error of rounding is 1 times that with compensation
"""
