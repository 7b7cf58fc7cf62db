"""`python -m autograder`: the same commands as the `autograder` script."""

import sys

from autograder.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
