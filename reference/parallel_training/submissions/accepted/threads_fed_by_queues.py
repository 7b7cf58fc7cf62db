"""Threads get their steps from queues, and the caller updates the model.

appended to: threads.py
"""

import functools
import queue


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = [np.empty_like(W0) for _ in range(T)]
    orders, ready = [queue.SimpleQueue() for _ in range(T)], queue.SimpleQueue()

    def work(t):
        while (k := orders[t].get()) is not None:
            try:
                ready.put(grad_into(k, t, W, shard(B, T, t), shares[t]))
            except BaseException as error:  # of any kind: the caller gets it
                ready.put(error)

    def step(k):
        _put_in_all(orders, k)
        for error in filter(None, [ready.get() for _ in range(T)]):
            raise error
        _step(W, V, functools.reduce(np.ndarray.__iadd__, shares), alpha, beta)

    threads = [threading.Thread(target=work, args=(t,), daemon=True) for t in range(T)]
    for thread in threads:
        thread.start()
    try:
        for k in range(steps):
            step(k)
    finally:
        _put_in_all(orders, None)
        for thread in threads:
            thread.join()
    return W


def _put_in_all(queues, item):
    for each in queues:
        each.put(item)
