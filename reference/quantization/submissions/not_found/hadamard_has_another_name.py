"""The Hadamard transform has another name.

caught by: check_hadamard_of_the_worked_example
message: hadamard
"""

del hadamard
