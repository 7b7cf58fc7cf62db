"""The Hadamard transform has another name.

caught by: (later)
message: (later)
"""

del hadamard
