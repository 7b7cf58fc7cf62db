"""Small gradients are scaled up to the norm c.

caught by: check_clipping_leaves_small_gradients_alone
message: whose norm is within c
"""


def clip_by_global_norm(grads, c):
    norm = math.sqrt(sum(float(np.sum(np.square(g, dtype=float))) for g in grads))
    for g in grads:
        g *= c / norm if norm else 1.0
    return norm
