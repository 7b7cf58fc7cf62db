"""Closes what it prints to.

expect: other checks still graded
passes: all
"""

import os
import sys

os.close(1)
os.close(2)
sys.stdout = sys.stderr = None
