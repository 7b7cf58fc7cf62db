"""The heavy ball was run without its momentum.

caught by: check_lab_shows_what_theory_says
message: heavy_ball needs 956 steps, descent 956
"""
