"""The average was that of the last iterate alone.

caught by: check_lab_shows_what_theory_says
message: the remedy 'average' ends as far from the minimum
"""
