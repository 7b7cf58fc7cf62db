"""H is damped by a tenth of the mean of its diagonal.

caught by: (later)
message: (later)
"""

DAMP = 0.1
