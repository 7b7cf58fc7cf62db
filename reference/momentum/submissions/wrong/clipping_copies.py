"""The list gets clipped copies, and the caller keeps the old arrays.

caught by: check_clipping_of_three_numbers, check_clipping_scales_all_arrays_alike
message: grads[0] afterwards is off
"""


def clip_by_global_norm(grads, c):
    norm = math.sqrt(sum(float(np.sum(np.square(g, dtype=float))) for g in grads))
    if norm > c:
        grads[:] = [g * (c / norm) for g in grads]
    return norm
