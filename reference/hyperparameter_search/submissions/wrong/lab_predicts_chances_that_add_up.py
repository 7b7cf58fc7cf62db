"""The chances of the trials are added up.

caught by: check_lab_agrees_with_what_can_be_computed
message: the luck of
"""
