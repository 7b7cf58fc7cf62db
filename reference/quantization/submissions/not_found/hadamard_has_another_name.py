"""The Hadamard transform has another name.

caught by: check_hadamard_is_that_of_sylvester
message: hadamard
"""

del hadamard
