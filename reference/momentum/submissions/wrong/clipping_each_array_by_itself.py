"""Every array is clipped by its own norm.

caught by: check_clipping_of_three_numbers, check_clipping_scales_all_arrays_alike
message: grads[0] afterwards is off
"""


def clip_by_global_norm(grads, c):
    norms = [float(np.linalg.norm(g)) for g in grads]
    for g, norm in zip(grads, norms, strict=True):
        if norm > c:
            g *= c / norm
    return math.hypot(*norms)
