"""Steps were counted until 1e-6 of the distance was left.

caught by: check_lab_agrees_with_what_can_be_computed
message: gradient_descent: 612 steps counted, where 956 are needed
"""
