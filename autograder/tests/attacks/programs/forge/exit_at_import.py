"""Ends the process with status 0 while it is imported.

expect: points only for right values
passes: none
"""

import os

os._exit(0)
