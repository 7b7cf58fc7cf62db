"""Run a check with each of its seeds, and turn what happens into an outcome.

The pytest plugin calls `Judge.run` for each check; points are given in `Judge.decide` alone. All
runs with public inputs come before the first one with secret inputs: what a submission leaves of a
secret run, if only in the number of a process, is told in no run that is shown. Which checks wait
until all others have run is said in `patience`.
"""

import time
import traceback
from collections.abc import Callable, Iterable

import msgspec

from autograder.grading.answers.replay import with_alterations
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed, public_seed, secret_seed
from autograder.grading.expectations.closeness import noting, worst_of
from autograder.grading.fixtures.fixtures import BoundCheck, Fixtures
from autograder.grading.fixtures.lab_data import NotGiven
from autograder.grading.mistakes.diagnosis import Diagnosis
from autograder.grading.running.blame import fault_of_values
from autograder.grading.running.patience import Patience
from autograder.model.check import CheckDeclaration
from autograder.model.errors import GraderError
from autograder.model.measurements import MEASUREMENTS_FILE
from autograder.model.outcome import LONGEST_STAFF, Message, Outcome, SeedResult
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.time_limits import CheckLimit, RunLimit

_OUTPUT_SHOWN = 4000  # characters


class Judge:
    """Decides one outcome a check, and calls `on_outcome` with each as it is decided."""

    def __init__(
        self,
        declared: Iterable[CheckDeclaration],
        context: GradingContext,
        fixtures: Fixtures,
        diagnosis: Diagnosis | None,
        secret: bytes | None,
        limit: RunLimit,
        patience: Patience,
        on_outcome: Callable[[Outcome], None],
    ) -> None:
        self._declared = {declaration.id: declaration for declaration in declared}
        self._context, self._fixtures, self._secret = context, fixtures, secret
        self._diagnosis = diagnosis
        self._limit, self._patience, self._on_outcome = limit, patience, on_outcome
        self._waiting = set[str]()  # checks that run when all others have run
        self._runs, self._done = 2 * max(len(self._declared), 1), 0
        self._shown: dict[str, Outcome] = {}  # passed with public inputs: the secret ones decide
        self.outcomes: dict[str, Outcome] = {}

    def runs(self, name: str, *, secretly: bool) -> bool:
        """Whether a check has a run with public inputs, or one with secret inputs.

        Visible checks run with the public seed, and on the staff's side also with the secret seed;
        the worse outcome counts. Hidden checks run with the secret seed alone.
        """
        known = self._secret is None or self._declared[name].visible
        return self._secret is not None if secretly else known

    def run(
        self, name: str, function: Callable[..., None], *, late: bool = False
    ) -> Outcome | None:
        """Make the next run of a check; None if another one has to decide.

        `late`: only if it waits until all others have run.
        """
        if late is not (name in self._waiting):
            return None
        self._waiting.discard(name)
        declaration, shown = self._declared[name], self._shown.get(name)
        blocked = self._blocked(declaration) or self._out_of_time(declaration)
        if blocked:
            return self.decide(blocked)
        self._done += 1
        started = time.monotonic()
        check = BoundCheck(declaration, function, self._fixtures)
        secretly = shown is not None or not self.runs(name, secretly=False)
        outcome = (
            self._with_secret_seed(check, shown, late)
            if secretly
            else self._with_public_seed(check, late)
        )
        if outcome.verdict is Verdict.SKIPPED and not self._patience.at_home:
            self._done -= 1
            self._waiting.add(name)
            return None
        wall_s = time.monotonic() - started + (shown.wall_s if shown else 0.0)
        outcome = msgspec.structs.replace(outcome, wall_s=wall_s)
        if not secretly and self._secret is not None and outcome.verdict is Verdict.PASSED:
            self._shown[name] = outcome
            return None
        return self.decide(outcome)

    def decide(self, outcome: Outcome) -> Outcome:
        """Record an outcome; it gets its points here and nowhere else."""
        score = outcome.check.points if outcome.verdict is Verdict.PASSED else 0.0
        decided = msgspec.structs.replace(outcome, score=score)
        self.outcomes[outcome.check.id] = decided
        self._on_outcome(decided)
        return decided

    def decide_broken(self, name: str, reason: str) -> Outcome:
        """A GRADER_ERROR: the check could not be run to its end."""
        return self.decide(_broken(self._declared[name], "this check could not be run", reason))

    def decide_all(self, error: StudentFault | GraderError) -> None:
        """The same outcome for every check, for a reason why none of them can run."""
        for name, declaration in self._declared.items():
            if isinstance(error, StudentFault):
                self.decide(self._from_fault(declaration, error))
            else:
                self.decide_broken(name, str(error))

    def _blocked(self, declaration: CheckDeclaration) -> Outcome | None:
        for name in declaration.needs:
            needed = self.outcomes.get(name)
            if needed is not None and needed.verdict is not Verdict.PASSED:
                broken = needed.verdict is Verdict.GRADER_ERROR
                return Outcome(
                    check=declaration,
                    verdict=Verdict.GRADER_ERROR if broken else Verdict.SKIPPED,
                    message=Message(f"needs: {needed.check.title}"),
                    put_off=needed.put_off,
                    staff=f"needs {name}, which is {needed.verdict.value}",
                )
        failed = any(outcome.verdict is not Verdict.PASSED for outcome in self.outcomes.values())
        if failed and self._context.modes.stop_at_first:
            message = Message("not run: another check has failed")
            return Outcome(check=declaration, verdict=Verdict.SKIPPED, message=message)
        return None

    def _out_of_time(self, declaration: CheckDeclaration) -> Outcome | None:
        if self._limit.left_s() > 0:
            return None
        return Outcome(
            check=declaration,
            # where no check hung, the machine was too slow, and the submission is not at fault
            verdict=Verdict.TIME_LIMIT if self._slow() else Verdict.GRADER_ERROR,
            message=Message("not run: the time for the whole grading was used up"),
        )

    def _slow(self) -> bool:
        """Whether calls of the submission hung, or have used up the time one after the other."""
        hung = any(o.verdict is Verdict.TIME_LIMIT for o in self.outcomes.values())
        return hung or self._limit.used_by_calls()

    def _with_public_seed(self, check: BoundCheck, late: bool) -> Outcome:
        modes = self._context.modes
        if modes.seeds:
            return self._with_public_seeds(check)
        seed = public_seed(check.declaration.id, modes.variation)
        return self._once(check, Seed(seed, public=True), late)

    def _with_secret_seed(self, check: BoundCheck, shown: Outcome | None, late: bool) -> Outcome:
        """`shown` is the outcome with the public seed, of a visible check that passes with it."""
        name, digest = check.declaration.id, self._context.submission.digest()
        outcome = self._once(check, Seed(secret_seed(self._secret or b"", name, digest)), late)
        if shown is None or outcome.verdict is Verdict.SKIPPED:
            return outcome
        return shown if outcome.verdict is Verdict.PASSED else _only_verdict(outcome, shown)

    def _with_public_seeds(self, check: BoundCheck) -> Outcome:
        """For proofs: one public seed after the other, hidden checks too; the first failure, with
        the verdict of every seed."""
        runs, modes = [], self._context.modes
        for variation in range(modes.variation, modes.variation + modes.seeds):
            seed = Seed(public_seed(check.declaration.id, variation), public=True)
            runs.append((variation, self._once(check, seed)))
        failed = (outcome for _, outcome in runs if outcome.verdict is not Verdict.PASSED)
        return msgspec.structs.replace(
            next(failed, runs[-1][1]),
            closeness=worst_of(runs),
            seeds=tuple(SeedResult(variation, o.verdict, said_by(o)) for variation, o in runs),
        )

    def _once(self, check: BoundCheck, seed: Seed, late: bool = True) -> Outcome:
        if self._context.modes.alter:
            return with_alterations(check, self._context, seed, self._outcome)
        check_s = self._context.limits.check_s
        whole = (
            CheckLimit(check_s, within=self._limit)
            if self._context.modes.seeds  # a run for each of hundreds
            else self._limit.of_check(check_s, self._done - 1, self._runs)
        )
        limit = self._patience.limit(check.declaration.id, whole, late)
        run = CheckRun(self._context, seed, limit, check.declaration.isolation)
        launcher = self._context.launcher
        before = launcher.spent_s
        try:
            outcome = self._outcome(check, run)
        finally:
            run.close()
        self._patience.learn(limit, outcome.verdict)
        compared = run.public and check.declaration.visible and not self._context.modes.seeds
        outcome = msgspec.structs.replace(
            outcome,
            seed="public" if run.public else "secret",
            inputs=run.transcript.inputs() if compared else (),
            answers=run.transcript.answers() if self._context.modes.keep_answers else {},
            cpu_s=launcher.spent_s - before,
        )
        return self._diagnosis.of(outcome, check, run) if self._diagnosis else outcome

    def _outcome(self, check: BoundCheck, run: CheckRun) -> Outcome:
        try:
            with noting(run.closeness if self._context.modes.closeness else None):
                check(run)
        except NotGiven as error:  # what it judged so far has passed
            run.notes.append(str(error))
        except Exception as error:  # the boundary to code of check authors
            lab = MEASUREMENTS_FILE if "measurements" in check.wanted else ""
            of_values = fault_of_values(error, run.transcript, lab)
            fault = error if isinstance(error, StudentFault) else of_values
            if fault is None:
                trace = "".join(traceback.format_exception(error))
                return _broken(check.declaration, "this check is broken", trace)
            outcome = self._from_fault(check.declaration, fault)
            cut_short = fault.verdict is Verdict.TIME_LIMIT and self._limit.left_s() <= 0
            if cut_short and not self._slow():  # by the limit of the whole grading
                outcome = msgspec.structs.replace(outcome, verdict=Verdict.GRADER_ERROR)
            printed = run.output()[:_OUTPUT_SHOWN]
            outcome = msgspec.structs.replace(outcome, output=printed, timeline=run.timeline)
            return _with_measured(outcome, run)
        note = "; ".join(run.notes)
        passed = Outcome(check=check.declaration, verdict=Verdict.PASSED, note=note)
        outcome = _with_measured(passed, run)
        run.hand_back()
        return outcome

    def _from_fault(self, declaration: CheckDeclaration, fault: StudentFault) -> Outcome:
        message = fault.message
        if not message.hint and declaration.hint:
            message = msgspec.structs.replace(message, hint=f"see {declaration.hint}")
        return Outcome(
            check=declaration,
            verdict=fault.verdict,
            message=message,
            put_off=fault.verdict is Verdict.SKIPPED,
            # each line once: an endless recursion has the same line a thousand times
            lines=tuple(self._context.submission.line(f) for f in dict.fromkeys(fault.traceback)),
            staff=fault.staff,
        )


def _broken(declaration: CheckDeclaration, what: str, reason: str) -> Outcome:
    return Outcome(
        check=declaration,
        verdict=Verdict.GRADER_ERROR,
        message=Message(what),
        staff=reason[-LONGEST_STAFF:],
    )


def _with_measured(outcome: Outcome, run: CheckRun) -> Outcome:
    return msgspec.structs.replace(
        outcome,
        measurements=tuple(run.measurements),
        predictions=tuple(run.predictions),
        closeness=tuple(run.closeness),
    )


def said_by(outcome: Outcome) -> str:
    """What a check says of a failure, on one line."""
    return " / ".join(outcome.message.lines()) if outcome.message else ""


def _only_verdict(secret: Outcome, shown: Outcome) -> Outcome:
    """The outcome with the secret seed, without anything that its inputs could be read from."""
    if secret.verdict is Verdict.GRADER_ERROR:  # says nothing about the submission
        # but what it printed, and the line where it was cut short, depend on the secret inputs
        nothing = {"output": "", "lines": (), "measurements": (), "predictions": ()}
        return msgspec.structs.replace(secret, **nothing, timeline=None)
    what = "your code passes with the inputs you have, but not with others drawn the same way"
    hint = "does it rely on sizes, values or an order that may change?"
    hint += f" See {shown.check.hint}" if shown.check.hint else ""
    staff = "\n".join([*(secret.message.lines() if secret.message else []), secret.staff])
    # names of files and functions come from the worker, which could spell the inputs with them
    own = [line for line in secret.lines if line.text][-1:]
    return msgspec.structs.replace(
        shown,
        verdict=secret.verdict,
        message=Message(what, hint=hint),
        lines=tuple(msgspec.structs.replace(line, function="") for line in own),
        staff=staff,
        mistake=secret.mistake,
        seed=secret.seed,
    )
