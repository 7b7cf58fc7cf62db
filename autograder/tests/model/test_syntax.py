"""Sources are read into trees beside one another."""

import ast
import threading

from autograder.model.syntax import parse

NESTED = "f(" * 60 + ")" * 60


def test_threads_read_trees_beside_one_another() -> None:
    """Each gets the tree that it would get alone: gradings run on threads."""
    expected = ast.dump(ast.parse(NESTED))
    seen: list[bool] = []

    def read() -> None:
        seen.extend(ast.dump(parse(NESTED)) == expected for _ in range(50))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [True] * 200
