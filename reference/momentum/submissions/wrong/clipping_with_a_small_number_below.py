"""A small number is added to the norm below the line.

caught by: check_clipping_of_three_numbers
message: grads[0] afterwards is off
not recognised: its answers are right to seven digits
"""


def clip_by_global_norm(grads, c):
    norm = math.sqrt(sum(float(np.sum(np.square(g, dtype=float))) for g in grads))
    if norm > c:
        for g in grads:
            g *= c / (norm + 1e-6)
    return norm
