"""The rates of theory stand where the measured ones belong.

caught by: check_lab_agrees_with_what_can_be_computed
message: gradient_descent: the measured rate
"""
