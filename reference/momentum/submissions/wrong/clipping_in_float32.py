"""The squares of float32 are summed in float32, and overflow.

caught by: check_clipping_scales_all_arrays_alike, check_clipping_of_other_gradients
message: the norm that is returned is inf
not recognised: its answer is infinite
"""


def clip_by_global_norm(grads, c):
    norm = math.sqrt(sum(float(np.sum(g * g)) for g in grads))
    if norm > c:
        for g in grads:
            g *= c / norm
    return norm
