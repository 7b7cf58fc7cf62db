"""The function has another name than the handout's.

caught by: check_unbroadcast_sums_over_copies
message: has no function unbroadcast
"""

sum_to_shape = unbroadcast
del unbroadcast
