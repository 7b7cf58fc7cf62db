"""The squares of float32 are summed in float32, and overflow.

caught by: check_clipping_of_other_gradients
message: float32
not recognised: its answer is infinite
"""


def clip_by_global_norm(grads, c):
    norm = math.sqrt(sum(float(np.sum(g * g)) for g in grads))
    if norm > c:
        for g in grads:
            g *= c / norm
    return norm
