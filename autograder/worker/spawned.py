"""`python -m autograder.worker.spawned LIBRARY...`: a spare worker of the spawn launcher.

It imports the libraries at once and then waits for its first message. Frames use what were stdin
and stdout; the submission gets an empty stdin, and its prints go to stderr.
"""

import importlib
import os
import sys

from autograder.worker.imports import imported_besides, permitted_modules, restrict_imports
from autograder.worker.serve import reopen_standard_streams, serve, take_originals

WARM = b"w"  # the libraries are imported: from here on the clock is the submission's


def main(libraries: list[str]) -> None:
    """Move the channel out of the submission's reach, then serve."""
    read_fd, write_fd = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    reopen_standard_streams()
    for name in libraries:
        importlib.import_module(name)
    originals = take_originals()
    permitted = permitted_modules(libraries)
    restrict_imports(permitted, imported_besides(permitted))
    os.write(write_fd, WARM)
    serve(read_fd, write_fd, originals)


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)  # without waiting for threads that the submission left running
