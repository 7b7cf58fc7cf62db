"""The second value is the noise scale, not the trace.

caught by: check_noise_scale_of_two_batches, check_noise_scale_is_without_bias
message: is off by
appended to: data_parallel.py
"""

both_estimates = noise_scale


def noise_scale(small_squared, small, big_squared, big):
    squared, trace = both_estimates(small_squared, small, big_squared, big)
    return squared, trace / squared
