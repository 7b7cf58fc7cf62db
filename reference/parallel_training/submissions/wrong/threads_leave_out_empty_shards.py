"""A thread without rows asks for nothing.

caught by: check_threads_share_each_step
message: grad_into was called
appended to: threads.py
"""

asks_always = momentum_threaded


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    def asked(k, t, W, rows, out):
        if rows.start < rows.stop:
            grad_into(k, t, W, rows, out)
        else:
            out[:] = 0

    return asks_always(asked, W0, alpha, beta, B, steps, T)
