"""The function has another name than the handout's.

caught by: check_batches_in_order_are_consecutive_slices
message: has no function sgd_minibatch_sequential
"""

sgd_minibatch_seq = sgd_minibatch_sequential
del sgd_minibatch_sequential
