"""The winner is as good as it reports.

caught by: check_lab_agrees_with_what_can_be_computed
message: what the best of
"""
