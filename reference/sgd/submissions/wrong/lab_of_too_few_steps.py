"""One of the algorithms took the steps of gradient descent.

caught by: check_lab_shows_what_theory_says
message: the loss of Algorithm 4 is not below that of descent
"""
