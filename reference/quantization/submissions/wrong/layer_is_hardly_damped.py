"""H is not damped, or by next to nothing.

caught by: check_layer_with_and_without_H
message: the bytes of the codes of a layer with H
"""

DAMP = 1e-9
