"""The errors that users read. Each message says what is wrong, where, and what to do.

AutograderError
├── UsageError          the command was called with something that does not exist
├── ConfigError         a TOML file of the course or of an assignment is not usable
├── SubmissionError     a submission cannot be read (nothing is graded)
├── GraderError         our fault: a check, an oracle or the framework is broken
│   └── UnusableValue   the same, unless the check has computed it from the submission's values
└── ReleaseError        something must not be handed out in this state
"""


class AutograderError(Exception):
    """Base of every error whose message is shown without a traceback. Exit status 2."""


class UsageError(AutograderError):
    """The command line names something that does not exist."""


class ConfigError(AutograderError):
    """A TOML file has an unknown key, a wrong value, or is missing."""


class SubmissionError(AutograderError):
    """The submission cannot be read at all (no such folder, not a folder, too large)."""


class GraderError(AutograderError):
    """The grader itself failed: points stay undecided and the exit status is 2."""


class UnusableValue(GraderError):
    """What a check has computed can be neither expected nor sent."""


class ReleaseError(AutograderError):
    """A template or zip would be stale, incomplete, or would leak something private."""
