"""The function has another name than in the handout.

caught by: check_best_momentum_for_one_hundred
message: has no function optimal_momentum
"""

best_momentum = optimal_momentum
del optimal_momentum
