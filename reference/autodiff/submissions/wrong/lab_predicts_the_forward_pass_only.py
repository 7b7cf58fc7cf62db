"""The operations of backward were not predicted.

caught by: check_lab_counts_what_was_predicted
message: operations predicted, 303360 counted
"""
