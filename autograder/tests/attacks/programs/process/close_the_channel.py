"""Closes its channel and lives on.

expect: grader survives
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import os
import time


def total(x):
    """Gone, and not gone."""
    os.close(3)
    os.close(4)
    time.sleep(100)
