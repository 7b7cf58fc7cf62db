"""The predicted operations are half of those counted.

caught by: check_lab_agrees_with_what_can_be_computed
message: 470400 operations predicted, 940800 counted
"""
