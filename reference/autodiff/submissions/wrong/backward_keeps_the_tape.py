"""Backward leaves the tape as it is.

caught by: check_backward_frees_the_tape, check_backward_refuses_what_makes_no_sense
message: the number of Tensors alive after backward
appended to: tensor.py
not recognised: a count of 10 says too little
"""


def _backward(self, seed=None):
    for leaf, g in gradients(self, seed).items():
        total = g if leaf.grad is None else leaf.grad + g
        leaf.grad = np.array(total, leaf.data.dtype)


Tensor.backward = _backward
