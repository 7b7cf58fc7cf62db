"""A library that takes longer to import than a tiny assignment's submission may."""

import time

time.sleep(3.5)
