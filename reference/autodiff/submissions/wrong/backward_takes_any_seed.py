"""Backward sums up a Tensor of several entries when no seed is given, and broadcasts others.

caught by: check_backward_refuses_what_makes_no_sense
message: no seed: nothing is raised
appended to: tensor.py
not recognised: the name of no exception says too little
"""


def _seed(root, seed):
    return np.broadcast_to(np.asarray(1.0 if seed is None else seed, plain(root).dtype), root.shape)
