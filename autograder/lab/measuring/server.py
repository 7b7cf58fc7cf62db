"""The process that measures, started by `lab/process.py`: it imports the submission and the
experiments, and then answers one request after the other.

Requests come in on stdin and replies go out on what was stdout; what the submission prints goes to
stderr. The process ends, with everything it started, when stdin is closed: also when the lab was
killed.
"""

import faulthandler
import os
import queue
import sys
import threading
import time
from io import RawIOBase
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import msgspec

from autograder.lab import messages
from autograder.lab.machine import facts_of_machine
from autograder.lab.measuring.experiment import Experiment
from autograder.lab.source import digest_of_lab, experiments_of
from autograder.machine.files import import_file
from autograder.machine.process_tree import kill_tree
from autograder.model.assignment import EXPERIMENTS
from autograder.model.errors import ConfigError, GraderError, UsageError
from autograder.model.measurements import Row, plain
from autograder.model.toml import nearest, require_known
from autograder.worker.student_module import describe_exception


class Server:
    """Measures cases of one submission."""

    def __init__(self, prepare: messages.Prepare) -> None:
        self._folder, self._module = Path(prepare.assignment), Path(prepare.module)
        self._wanted = prepare
        self._student: ModuleType | None = None
        self._setup: Any = None
        self._experiments: dict[str, Experiment] = {}

    def reply(self, request: messages.ToMeasure) -> messages.ToLab:
        """The reply to a request; a mistake of ours is a reply as well."""
        try:
            if isinstance(request, messages.MeasureCase):
                return self._measure(request)
            if isinstance(request, messages.DrawPlots):
                return self._draw(request)
            return self._prepare()
        except (UsageError, GraderError) as error:
            return messages.Broken(what=str(error), usage=isinstance(error, UsageError))
        except Exception as error:  # in experiments.py, whose line the reply names
            return messages.Broken(what=str(self._failure(error)), usage=False)

    def _prepare(self) -> messages.ToLab:
        """Import and set up; the plan."""
        sys.path[:0] = [str(self._folder)]
        sys.path.append(str(self._module.parent))
        lab = import_file(self._folder / EXPERIMENTS, "experiments")
        try:
            self._student = import_file(self._module, self._module.stem)
        except BaseException as error:  # process boundary: code at module level may do anything
            return self._failure(error)
        self._experiments = experiments_of(lab)
        for name in self._wanted.off:
            problem = f"assignment.toml names an experiment {name!r}, which is not in {EXPERIMENTS}"
            require_known(name, self._experiments, GraderError, problem)
            del self._experiments[name]
        data = _data_of(lab, self._wanted.data)
        try:
            self._setup = lab.setup(data, self._wanted.quick)
        except (FileNotFoundError, ValueError) as error:  # such as MNIST's files
            raise UsageError(str(error)) from None
        return messages.Prepared(
            lab=digest_of_lab(self._folder),
            settings=_settings(self._setup, data, self._wanted.quick),
            machine=facts_of_machine(),
            experiments=[self._planned(each) for each in self._experiments.values()],
        )

    def _measure(self, request: messages.MeasureCase) -> messages.ToLab:
        """Measure one case; an exception of the submission is a reply as well."""
        experiment = self._experiments[request.experiment]
        case = experiment.cases(self._setup)[request.case]
        started = time.perf_counter()
        try:
            found = experiment(self._student, self._setup, case)
            row = {name: plain(value, f"the measured {name!r}") for name, value in found.items()}
        except ConfigError as error:  # the submission returned no plain data
            return messages.Failed(what=str(error))
        except GraderError:
            raise
        except BaseException as error:  # process boundary: the student's code may raise anything
            return self._failure(error)
        return messages.Measured(row=row, took_s=time.perf_counter() - started)

    def _draw(self, request: messages.DrawPlots) -> messages.ToLab:
        """Draw all experiments that have rows and a plot."""
        from autograder.lab.measuring.drawing import draw_all

        files, problems = draw_all(
            self._experiments, Path(request.measurements), Path(request.folder), request.kind
        )
        return messages.Drawn(files=[str(file) for file in files], problems=problems)

    def _planned(self, experiment: Experiment) -> messages.Planned:
        return messages.Planned(
            name=experiment.name,
            title=experiment.title,
            units=experiment.units,
            seconds=experiment.seconds,
            cases=[
                {key: plain(value, f"{experiment.name}: {key}") for key, value in case.items()}
                for case in experiment.cases(self._setup)
            ],
        )

    def _failure(self, error: BaseException) -> messages.Failed:
        raised = describe_exception(error, self._module.parent, 0, importing=False)
        frames = (
            raised.traceback
            or describe_exception(error, self._folder, 0, importing=False).traceback
        )
        where = f"{frames[-1].file}, line {frames[-1].line}" if frames else ""
        return messages.Failed(what=f"{raised.type}: {raised.text}".rstrip(": "), line=where)


def _data_of(lab: ModuleType, name: str | None) -> str:
    """The data set to measure on. Raises UsageError for an unknown one."""
    known = list(getattr(lab, "DATA", ()))
    if name is not None and name not in known:
        near = nearest(name, known) if known else "the lab has its data, and no others"
        raise UsageError(f"there is no data {name!r}; {near}")
    return name or (known[0] if known else "")


def _settings(setup: Any, data: str, quick: bool) -> Row:
    """The plain fields of the setup; for arrays, their shapes."""
    fields = setup._asdict() if hasattr(setup, "_asdict") else vars(setup)
    found: Row = {"data": data or None, "quick": quick}
    for name, value in fields.items():
        if hasattr(value, "shape"):
            found[name] = [*value.shape, str(value.dtype)]
        elif isinstance(value, (bool, int, float, str)):
            found[name] = value
    return found


def serve(source: RawIOBase, out: BinaryIO) -> None:
    """Reply to one request after the other."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(source, lines), daemon=True).start()
    decoder = msgspec.json.Decoder(messages.ToMeasure)
    request = decoder.decode(lines.get())
    assert isinstance(request, messages.Prepare)
    server = Server(request)
    while True:
        out.write(msgspec.json.encode(server.reply(request)) + b"\n")
        out.flush()
        request = decoder.decode(lines.get())


def _read(source: RawIOBase, lines: "queue.SimpleQueue[bytes]") -> None:
    """Pass lines on. At their end the lab has ended: end too, even while a case is measured."""
    for line in source:
        lines.put(line)
    kill_tree(os.getpid())


def main() -> None:
    """Keep stdin and stdout for the messages, then serve."""
    source = os.fdopen(os.dup(0), "rb", buffering=0)  # unbuffered: a thread waits for it
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    faulthandler.enable()
    sys.dont_write_bytecode = True
    serve(source, out)


if __name__ == "__main__":
    main()
