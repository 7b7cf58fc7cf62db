"""Threads that wait for gradings in processes of their own."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psutil

from autograder.grading.running.subprocess_grading import SERVERS, grading_servers
from autograder.machine.process_tree import kill_tree

_NAME = "verify-grading"


@contextmanager
def grading_pool(jobs: int) -> Iterator[ThreadPoolExecutor]:
    """`jobs` gradings at a time; after Ctrl-C they are ended, not waited for."""
    with grading_servers() as servers:
        pool = ThreadPoolExecutor(
            jobs, thread_name_prefix=_NAME, initializer=SERVERS.set, initargs=(servers,)
        )
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            _end_gradings()
            raise
        pool.shutdown()


def _end_gradings() -> None:
    """Until no thread is left: one may have been about to start its grading."""
    while any(thread.name.startswith(_NAME) for thread in threading.enumerate()):
        for child in psutil.Process().children():
            kill_tree(child.pid)
        time.sleep(0.02)
