"""Part 5 with other numbers of stages and micro-batches."""

import math

from autograder.grading import Network, check, expect, rounding
from expectations_pipeline import expect_live, expect_slots, expect_stages


@check(part="5.1", points=1, hint="handout, task 5.1", requires=("R5.1a", "R5.1b"))
def check_schedules_of_other_sizes(student, oracle):
    """Both schedules are right for 1 to 8 stages, with fewer and with more micro-batches.

    Why: Where m < p, warm-up and the rest meet.
    Oracle: GPipe by its sentence, 1F1B by a simulation, tick by tick.
    """
    for p, m in ((1, 1), (1, 4), (2, 1), (4, 2), (8, 3), (3, 17), (8, 8)):
        gpipe = [[*(("F", j) for j in range(m)), *(("B", j) for j in range(m))]] * p
        for name, got, want in (
            ("gpipe", student.gpipe(p, m), gpipe),
            ("one_f_one_b", student.one_f_one_b(p, m), oracle.eager_schedule(p, m)),
        ):
            for i, order in enumerate(expect.items(got, p, what=f"{name}({p}, {m})")):
                with expect.usable("the schedule"):
                    pairs = [(kind, j) for kind, j in order]
                expect.equal(pairs, want[i], what=f"the order of stage {i} in {name}({p}, {m})")


@check(part="5.2", points=1, hint="handout, task 5.2", requires=("R5.2a", "R5.2c", "R5.2d"))
def check_timelines_of_other_schedules(student, oracle, rng, data):
    """Timeline, bubble and peak are right for other schedules, where backwards are short or long.

    Why: With t_B < t_F other stages are the ones that wait.
    Oracle: A clock in exact rationals; for 1F1B the closed form (p - 1) / (m + p - 1).
    """
    for p, m, t_F, t_B in ((6, 2, 0.25, 4.0), (2, 9, 3.0, 0.125), (4, 4, 1.0, 1.0)):
        for schedule in (data.schedule(rng, p, m), oracle.eager_schedule(p, m)):
            rows = oracle.slots(schedule, t_F, t_B)
            expect_slots(student.timeline(schedule, t_F, t_B), rows, "the timeline")
            bubble = student.programs.bubble(rows)
            within = rounding(terms=100)
            expect.close(bubble, oracle.idle_of_slots(rows), within=within, what="the bubble")
            expect_live(student.peak_live(schedule), oracle.live(schedule), "a schedule")
        expect.close(bubble, (p - 1) / (m + p - 1), within=within, what="the bubble of 1F1B")


@check(part="5.3", points=1, hint="handout, task 5.3", requires=("R5.3a", "R5.3b"))
def check_stages_of_other_pipelines(student, oracle, rng, data, cluster):
    """Pipelines of 1, 2 and 5 stages do their works in order, and end when the timeline does.

    Why: A single stage is the first and the last, and sends nothing.
    Oracle: Tables of what each stage returns, recorded calls, a clock in exact rationals.
    """
    at_once = Network(latency_s=0.0, bytes_per_s=math.inf)
    for p, m in ((1, 3), (2, 2), (5, 3)):
        times = [int(k) / 8 for k in rng.integers(1, 20, size=2)]
        schedule = data.schedule(rng, p, m)
        run = expect_stages(student, cluster, rng, schedule, times, at_once)
        ends = [0.0] * p
        for _, end, i, _, _ in oracle.slots(schedule, *times):
            ends[i] = max(ends[i], end)
        for i, clock in enumerate(run.clock_s):
            expect.close(clock, ends[i], within=rounding(terms=20), what=f"the end of stage {i}")
        sent = [m * ((i > 0) + (i + 1 < p)) for i in range(p)]
        expect.equal(run.messages, sent, what="the messages that stages sent")
