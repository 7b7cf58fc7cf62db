"""The operations of one example were reported for every batch.

caught by: check_lab_agrees_with_what_can_be_computed
message: 100 times the examples do not take 100 times the operations
"""
