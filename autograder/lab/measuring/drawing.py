"""Draw the plots of the experiments in one style. Called by `server.py`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.lab.measuring.experiment import Experiment
from autograder.model.measurements import read_measurements

WITHOUT_MATPLOTLIB = (
    "no plots: matplotlib is not installed; run quickstart.py, or pip install 'matplotlib>=3.7',"
    " and this command again: it measures nothing twice"
)
STYLE: Any = {
    "figure.figsize": (7.0, 4.2),
    "figure.dpi": 150,
    "figure.constrained_layout.use": True,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "font.size": 9,
    "legend.fontsize": 8,
    "svg.fonttype": "none",  # texts stay texts
    "svg.hashsalt": "autograder",  # the same rows, the same file
}


def draw_all(
    experiments: Mapping[str, Experiment], file: Path, folder: Path, kind: str
) -> tuple[list[Path], list[str]]:
    """Draw every experiment that has rows and a plot into `folder`.

    Returns the files, and why others could not be drawn.
    """
    try:
        import matplotlib
    except ImportError:
        return [], [WITHOUT_MATPLOTLIB]
    matplotlib.use("agg")
    measured = read_measurements(file.read_bytes()).experiments
    files, problems = [], []
    for name, experiment in experiments.items():
        rows = measured[name].rows if name in measured else []
        if experiment.draw is None or not rows:
            continue
        try:
            files.append(_draw(experiment, [with_nan(row) for row in rows], folder, kind))
        except Exception as error:  # in experiments.py: the other plots are still drawn
            problems.append(f"no plot of {name}: {type(error).__name__}: {error}")
    return files, problems


def with_nan(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with NaN where a number is missing, for arithmetic and matplotlib."""
    nan = float("nan")
    return {
        name: [nan if item is None else item for item in value]
        if isinstance(value, list)
        else (nan if value is None else value)
        for name, value in row.items()
    }


def _draw(experiment: Experiment, rows: list[dict[str, Any]], folder: Path, kind: str) -> Path:
    from matplotlib import pyplot

    assert experiment.draw is not None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{experiment.name}.{kind}"
    with pyplot.rc_context(STYLE):
        figure = pyplot.figure()
        experiment.draw(figure, rows)
        figure.suptitle(experiment.title)
        figure.savefig(path, metadata={"Date": None} if kind == "svg" else None)
        pyplot.close(figure)
    return path
