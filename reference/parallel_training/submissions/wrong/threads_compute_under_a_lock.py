"""A lock lets one thread compute at a time.

caught by: check_threads_compute_at_the_same_time
message: was in grad_into without the others
not recognised: its values are right; the message says who computed alone
appended to: threads.py
"""

threaded = momentum_threaded


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    lock = threading.Lock()

    def one_at_a_time(*arguments):
        with lock:
            grad_into(*arguments)

    return threaded(one_at_a_time, W0, alpha, beta, B, steps, T)
