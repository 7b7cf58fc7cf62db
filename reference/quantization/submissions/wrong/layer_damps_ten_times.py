"""H is damped by a tenth of the mean of its diagonal.

caught by: check_layer_with_and_without_H
message: the bytes of the codes of a layer with H
"""

DAMP = 0.1
