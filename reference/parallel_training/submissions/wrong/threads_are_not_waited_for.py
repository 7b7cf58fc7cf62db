"""The result is returned while the threads still compute.

caught by: check_threads_follow_a_loop
message: is off by
appended to: threads.py
"""


def _run_threads(work, T):
    for t in range(T):
        late = threading.Timer(0.3, work, args=(t,))  # no chance decides
        late.daemon = True
        late.start()
