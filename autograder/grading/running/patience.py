"""How long a grading waits for code that is slow or does not finish: a report must come soon.

After two checks of a function that did not finish, its other checks wait until all others have
run. At home they are then not run at all, and slow calls get a share of a time that is short; on
the server they run with the time that is left. No such check is TIME_LIMIT: that verdict needs the
whole limit, which is the same everywhere. The judge asks for a limit for each run of a check.
"""

from collections import Counter
from collections.abc import Sequence

from autograder.model.outcome import Message, StudentLine
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.time_limits import CheckLimit, TimeLimit, share_of

_ENOUGH = 2  # checks that did not finish, of one function or of several
_LEAST_S = 1.0  # that a call gets, whatever others have used
_NO_END_S = float("inf")


class Patience:
    """What is known of a submission's time, over all checks of a grading."""

    def __init__(self, runs: int, home_s: float | None = None, command: str = "") -> None:
        """`home_s`: at home, what all calls together should take in `runs` runs of checks.

        `command` is the one that runs a check named after it to its end.
        """
        self._runs, self._home_s, self._command = runs, home_s, command
        self._begun, self._used_s = 0, 0.0
        self.unfinished = Counter[str]()  # functions, by checks of theirs that did not finish

    @property
    def at_home(self) -> bool:
        """Whether what would take long is left out."""
        return self._home_s is not None

    def limit(self, check: str, within: CheckLimit, late: bool = False) -> "PatientLimit":
        """For a run of the check `check`; `late`: all others have run."""
        share_s = _NO_END_S
        if self._home_s is not None:
            share_s = share_of(self._home_s, self._used_s, self._begun, self._runs)
        self._begun += 1
        hint = f"to run it, however long it takes: {self._command} --check {check}"
        return PatientLimit(self, share_s, within, hint, late)

    def learn(self, limit: "PatientLimit", verdict: Verdict) -> None:
        """After a run, which ended with this verdict."""
        if verdict is Verdict.TIME_LIMIT or limit.was_cut:
            self.unfinished[limit.function] += 1
        if verdict is not Verdict.TIME_LIMIT:
            self._used_s += limit.used_s


class PatientLimit(TimeLimit):
    """The limit of a check, some of whose calls are not made, or not waited for.

    They raise StudentFault with the verdict SKIPPED.
    """

    def __init__(
        self, patience: Patience, share_s: float, within: CheckLimit, hint: str, late: bool
    ) -> None:
        super().__init__(_NO_END_S, within)
        self._patience, self._share_s, self._hint, self._late = patience, share_s, hint, late
        self.function = ""  # of the submission, that is called
        self.was_cut = False

    def announce(self, function: str) -> None:
        """A call of this function comes next. Raises StudentFault where it has to wait."""
        self.function = function
        if self._patience.unfinished[function] >= _ENOUGH and not self._late:
            raise self._skipped(f"not run: in {_ENOUGH} other checks {function}() did not finish")
        if self.used_s > self._share_s:
            detail = f"its calls have taken {self.used_s:.1f} s, its share of the time here"
            raise self._skipped(f"not run to its end: calls of {function}() are slow", detail)

    def of_call(self, seconds: float) -> TimeLimit:
        """Whole until two checks did not finish; from then on, at home, a share."""
        left_s = max(_LEAST_S, self._share_s - self.used_s)
        if self._patience.unfinished.total() < _ENOUGH or left_s >= seconds:
            return super().of_call(seconds)
        return _CutCall(left_s, self)

    def cut(self, detail: str, lines: Sequence[StudentLine]) -> StudentFault:
        """The fault of a call that was not waited for."""
        self.was_cut = True
        return self._skipped(f"not run to its end: {self.function}() takes long", detail, lines)

    def _skipped(
        self, what: str, detail: str = "", lines: Sequence[StudentLine] = ()
    ) -> StudentFault:
        return StudentFault(Verdict.SKIPPED, Message(what, detail, hint=self._hint), lines)


class _CutCall(TimeLimit):
    """Less than a call has elsewhere."""

    def __init__(self, seconds: float, within: PatientLimit) -> None:
        super().__init__(seconds, within)
        self._check, self._had = within, f"{seconds:.1f} s"

    def reached(self, call: str, lines: Sequence[StudentLine]) -> StudentFault:
        """No TIME_LIMIT: with more time it might have finished."""
        others = "because other functions did not finish either"
        return self._check.cut(f"{call} was stopped after {self._had}, {others}", lines)
