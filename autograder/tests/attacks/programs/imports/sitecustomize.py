"""Hands in sitecustomize.py and a .pth file that run at start-up.

expect: other checks still graded
passes: all
beside: sitecustomize.py, usercustomize.py, evil.pth
"""

import os

if __name__.endswith("customize"):
    os._exit(0)  # within the grader
