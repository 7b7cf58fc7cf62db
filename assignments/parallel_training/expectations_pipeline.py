"""What the checks of part 5 share: a stage that notes its works, runs, comparisons."""

from autograder.grading import expect, rounding
from expectations import expect_whole


class Stage:
    """The work of one stage: results are given in tables, and calls are noted and judged.

    `activations` (p, m, a) and `gradients` (p, m, b): what stage i returns for micro-batch j.
    """

    def __init__(self, i, activations, gradients):
        self.i, self.tables = i, {"F": activations, "B": gradients}
        self.calls = []  # pairs, as in a schedule

    def forward(self, j, x):
        """What the next stage gets."""
        return self._work("F", j, x, self.i - 1)

    def backward(self, j, dy):
        """What the stage before gets."""
        return self._work("B", j, dy, self.i + 1)

    def _work(self, kind, j, given, source):
        table = self.tables[kind]
        name = {"F": "forward", "B": "backward"}[kind]
        number = expect.number(j, low=0, high=table.shape[1] - 1, what=f"j of {name}")
        expect.that(number == int(number), f"j of {name} is {number}, not a whole number")
        j, who = int(number), f"{name}({int(number)}, ...) of stage {self.i}"
        if 0 <= source < len(table):
            expect.equal(given, table[source, j], what=f"what {who} got of stage {source}")
        else:
            expect.that(given is None, f"{who} got an array, expected None: there is no stage")
        self.calls.append((kind, j))
        return table[self.i, j]


def expect_stages(student, cluster, rng, schedule, times, network=None):
    """Stages do their works in order, with the right arguments; returns the run."""
    p, m = len(schedule), len(schedule[0]) // 2
    activations, gradients = (rng.standard_normal((p, m, size)) for size in (3, 2))
    stages = [Stage(i, activations, gradients) for i in range(p)]
    run = cluster.run(
        student.programs.stage,
        size=p,
        inputs=lambda i: (schedule[i], stages[i].forward, stages[i].backward, *times),
        network=network,
    )
    for i, stage in enumerate(stages):
        expect.equal(stage.calls, list(schedule[i]), what=f"the calls of stage {i}")
    return run


def expect_slots(got, rows, what):
    """Slots (start, end, stage, kind, micro-batch), in this order."""
    within = rounding(terms=20, size=max(row[1] for row in rows))
    for n, (slot, want) in enumerate(
        zip(expect.items(got, len(rows), what=what), rows, strict=True)
    ):
        slot = expect.items(slot, 5, what=f"slot {n}")
        expect.equal(list(slot[2:]), list(want[2:]), what=f"stage, kind, micro-batch of slot {n}")
        for value, wanted, name in zip(slot[:2], want[:2], ("start", "end"), strict=True):
            expect.close(value, wanted, within=within, what=f"the {name} of slot {n}, {want[2:]}")


def expect_live(got, want, what):
    """The most live micro-batches of each stage."""
    for i, (number, wanted) in enumerate(
        zip(expect.items(got, len(want), what="the peaks"), want, strict=True)
    ):
        expect_whole(number, wanted, f"the most live micro-batches of stage {i} in {what}")
