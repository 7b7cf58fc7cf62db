"""The squared norm of the big batch is taken for that of all.

caught by: check_noise_scale_of_two_batches, check_noise_scale_is_without_bias
message: is off by
appended to: data_parallel.py
"""


def noise_scale(small_squared, small, big_squared, big):
    return big_squared, (small_squared - big_squared) * small
