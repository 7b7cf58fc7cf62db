"""Sets resource limits of its parent.

expect: grader survives
passes: all
"""

import os
import resource


def probe():
    """The limit as it is: a change would do as well."""
    try:
        old = resource.prlimit(os.getppid(), resource.RLIMIT_CORE)
        resource.prlimit(os.getppid(), resource.RLIMIT_CORE, old)
    except OSError:
        return "contained"
    return "limits of the parent can be set"
