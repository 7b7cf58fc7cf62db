"""yield makes a generator of the function.

caught by: check_gradient_descent_shrinks_the_distance_by_a_factor
message: generator
not recognised: it gives no answer; the check's message says what it returns
"""


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    W = W0.copy()
    for step in range(1, num_iters + 1):
        W = W - alpha * grad_fn(W, slice(0, n))
        if step % monitor_period == 0 or step == num_iters:
            yield W
    yield W
