"""`autograder lab`: measure an assignment's experiments on this machine, and draw them.

For `assignments/<id>/experiments.py`:

    from autograder.lab import experiment, timed

    DATA = ("mnist-like", "digits")     # what --data may name, the default first; may be left out

    def setup(data: str, quick: bool):  # built once: data, sizes; its plain fields are recorded
        ...

    @experiment(cases=[{"B": 1}, {"B": 30}], units={"seconds": "s", "B": "examples"})
    def batch_sizes(student, setup, case):
        \"\"\"A. Time of an epoch against the batch size.\"\"\"
        return {"seconds": timed(lambda: student.sgd(..., case["B"]), setup.repeats)}

    @batch_sizes.plot
    def draw_batch_sizes(figure, rows):
        axes = figure.subplots()
        ...
"""

from autograder.lab.measuring.experiment import Experiment, experiment
from autograder.lab.measuring.measures import counted_flops, timed, traced_bytes, virtual_run

__all__ = ["Experiment", "counted_flops", "experiment", "timed", "traced_bytes", "virtual_run"]
