"""The mean is the sum.

caught by: check_gradients_of_sums_and_means
message: the value of mean
appended to: traced.py
"""

Traced.mean = Traced.sum
