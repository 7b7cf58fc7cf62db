"""The rate is the mean of all steps, where that of the second half is asked for.

caught by: check_lab_agrees_with_what_can_be_computed
message: heavy_ball: the measured rate
"""
