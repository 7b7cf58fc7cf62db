"""1F1B keeps every micro-batch.

caught by: check_lab_shows_what_must_hold
message: micro-batches were live
"""
