"""The norm after clipping is returned.

caught by: check_clipping_of_three_numbers, check_clipping_scales_all_arrays_alike
message: the norm that is returned is off
"""


def clip_by_global_norm(grads, c):
    norm = math.sqrt(sum(float(np.sum(np.square(g, dtype=float))) for g in grads))
    if norm > c:
        for g in grads:
            g *= c / norm
    return min(norm, c)
