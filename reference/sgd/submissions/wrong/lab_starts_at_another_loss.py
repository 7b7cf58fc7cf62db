"""The curves start at a model other than that of zeros.

caught by: check_lab_agrees_with_what_can_be_computed
message: the loss of W0 is off
"""
