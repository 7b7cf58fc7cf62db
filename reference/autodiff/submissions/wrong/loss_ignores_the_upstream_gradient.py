"""The gradient of the loss takes the upstream gradient to be 1.

caught by: check_cross_entropy_agrees_with_a_loop
message: 2.5 x gradient
"""

SoftmaxCrossEntropy.vjp = lambda self, i, g, y, s, labels: self.slopes(s, labels) + 0 * g
