"""The heavy ball was run without its momentum.

caught by: check_lab_shows_what_theory_says, check_lab_agrees_with_what_can_be_computed
message: heavy_ball needs 956 steps, descent 956
"""
