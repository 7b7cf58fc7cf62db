"""Every entry is clipped by itself.

caught by: check_clipping_of_three_numbers, check_clipping_scales_all_arrays_alike
message: grads[0] afterwards is off
"""


def clip_by_global_norm(grads, c):
    norm = math.sqrt(sum(float(np.sum(np.square(g, dtype=float))) for g in grads))
    for g in grads:
        np.clip(g, -c, c, out=g)
    return norm
