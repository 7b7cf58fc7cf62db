"""A map of stability with the border in another place.

caught by: check_lab_shows_what_theory_says
message: does not shrink the distance
"""
