"""The tape of a chain was predicted to be half as large.

caught by: check_lab_counts_what_was_predicted
message: bytes predicted
"""
