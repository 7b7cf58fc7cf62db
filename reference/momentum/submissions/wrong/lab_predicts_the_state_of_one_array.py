"""The state of Adam was predicted to be one array.

caught by: check_lab_agrees_with_what_can_be_computed
message: 4008000 bytes predicted, 8018416 counted
"""
