"""Part 5: pipelines. Stages run on the cluster, whose clock is that of the timeline."""

import math

from autograder.grading import Network, check, expect, rounding
from expectations_pipeline import expect_live, expect_slots, expect_stages

AT_ONCE = Network(latency_s=0.0, bytes_per_s=math.inf)  # messages take no time

# the worked example: p = 2, m = 3
EXAMPLE = [
    [("F", 0), ("F", 1), ("B", 0), ("F", 2), ("B", 1), ("B", 2)],
    [("F", 0), ("B", 0), ("F", 1), ("B", 1), ("F", 2), ("B", 2)],
]


def _plain(schedule):
    """Lists of pairs, whichever kind of sequence a stage's order is."""
    with expect.usable("the schedule"):
        return [[(kind, j) for kind, j in order] for order in schedule]


@check(part="5.1", points=1, hint="handout, the worked example of 1F1B", requires="R5.1b")
def check_1f1b_of_the_worked_example(student):
    """With two stages and three micro-batches the first stage begins with one forward.

    Why: As many forwards as there are stages after it: no stage waits, and none keeps more.
    Oracle: By hand; the lists of the handout.
    """
    got = expect.items(student.one_f_one_b(2, 3), 2, what="the schedule")
    expect.equal(_plain(got), EXAMPLE, what="the schedule")


@check(part="5.1", points=1, hint="handout, task 5.1", requires="R5.1a")
def check_gpipe_is_forwards_then_backwards(student, rng):
    """Each stage of GPipe has all forwards in order, then all backwards in order.

    Why: This is the schedule with the shortest description, and the most activations kept.
    Oracle: Written down; no other source is needed.
    """
    cases = [(2, 3), (1, 1), (int(rng.integers(3, 7)), int(rng.integers(4, 12)))]
    for (p, m), got in [(case, student.gpipe(*case)) for case in cases]:
        want = [*(("F", j) for j in range(m)), *(("B", j) for j in range(m))]
        for i, order in enumerate(_plain(expect.items(got, p, what="the schedule"))):
            expect.equal(order, want, what=f"the order of stage {i} of {p}, for m = {m}")


@check(
    part="5.1",
    points=1,
    hint="handout, task 5.1: how many forwards first?",
    requires="R5.1b",
)
def check_1f1b_is_what_eager_stages_do(student, oracle, rng):
    """1F1B is what stages do that go backward when they can, and keep at most p - i micro-batches.

    Why: With one forward more at first the time is the same, and each stage keeps one more.
    Oracle: A simulation, tick by tick, in which each stage sees only what its neighbours have done;
    also for fewer micro-batches than stages.
    """
    p = int(rng.integers(3, 7))
    numbers = (1, p - 1, p, int(rng.integers(p + 1, 15)))
    for m, got in [(m, student.one_f_one_b(p, m)) for m in numbers]:
        want = oracle.eager_schedule(p, m)
        for i, order in enumerate(_plain(expect.items(got, p, what="the schedule"))):
            expect.equal(order, want[i], what=f"the order of stage {i} of {p}, for m = {m}")


@check(
    part="5.2",
    points=1,
    hint="handout, the worked example of 1F1B",
    requires=("R5.2a", "R5.2c", "R5.2d"),
)
def check_timeline_of_the_worked_example(student, oracle):
    """With t_F = 1 and t_B = 2 the example ends at 12; its bubble is 1/4; 2 and 1 are live.

    Why: (m + p - 1)(t_F + t_B) is what a pipeline takes, of which each stage works m (t_F + t_B).
    Oracle: By hand, and a clock that is moved on from end to end.
    """
    rows = oracle.slots(EXAMPLE, 1.0, 2.0)
    expect_slots(student.timeline(EXAMPLE, 1.0, 2.0), rows, "the timeline")
    within = rounding(terms=12)
    expect.close(student.programs.bubble(rows), 0.25, within=within, what="the bubble")
    expect_live(student.peak_live(EXAMPLE), [2, 1], "1F1B")
    gpipe = [[*(("F", j) for j in range(3)), *(("B", j) for j in range(3))]] * 2
    expect_live(student.peak_live(gpipe), [3, 3], "GPipe")


@check(
    part="5.2",
    points=1,
    needs="check_timeline_of_the_worked_example",
    hint="handout, task 5.2: what does a slot wait for?",
    requires="R5.2a",
)
def check_timelines_of_random_schedules(student, oracle, rng, data):
    """Random schedules that can be carried out begin each slot as early as they allow.

    Why: For GPipe and 1F1B there are formulas; this is for all the schedules that have none.
    Oracle: A clock that is moved on from end to end of what is going on, in exact rationals.
    """
    for p, m in ((1, 3), (3, 4), (5, 2)):
        t_F, t_B = (int(k) / 8 for k in rng.integers(1, 20, size=2))
        schedule = data.schedule(rng, p, m)
        rows = oracle.slots(schedule, t_F, t_B)
        what = f"the timeline of {p} stages and {m} micro-batches"
        expect_slots(student.timeline(schedule, t_F, t_B), rows, what)


@check(
    part="5.2",
    points=1,
    needs="check_timeline_of_the_worked_example",
    hint="handout, task 5.2: stages that wait for each other",
    requires="R5.2b",
)
def check_timeline_refuses_what_cannot_go_on(student):
    """A schedule in which stages wait for ever raises ValueError, at once.

    Why: On a cluster this would be a deadlock; on paper it costs nothing to find.
    Oracle: By hand: a backward before its forward, a forward that is in no order, a crossing.
    """
    F, B = "F", "B"
    for name, schedule in (
        ("a backward before its forward", [[(B, 0), (F, 0)]]),
        ("a forward that stage 0 never does", [[(F, 0), (B, 0)], [(F, 1), (B, 1), (F, 0), (B, 0)]]),
        (
            "two stages that wait for each other",
            [[(F, 0), (B, 0), (F, 1), (B, 1)], [(F, 0), (F, 1), (B, 0), (B, 1)]],
        ),
    ):
        error = student.programs.raised("timeline", schedule, 1.0, 2.0)
        expect.equal(error, "ValueError", what=f"the error for {name}")


@check(
    part="5.2",
    points=1,
    hint="handout, task 5.2",
    requires=("R5.2c", "R5.2d"),
)
def check_bubble_and_live_micro_batches(student, oracle, rng, data):
    """Bubble and peak are right for GPipe, 1F1B and random schedules.

    Why: 1F1B saves no time; it saves memory, and grows no more with m.
    Oracle: Idle time, summed between slots, in exact rationals; micro-batches counted at each work;
    for p = 4, m = 8 the closed forms 3/11, 8 and min(4 - i, 8).
    """
    gpipe = [[(kind, j) for kind in "FB" for j in range(8)]] * 4
    times = rng.uniform(1.0, 3.0, size=2).tolist()
    any_order = [data.schedule(rng, p, m) for p, m in ((3, 5), (5, 7), (4, 9))]
    # the two whose bubble is the same do not follow each other
    schedules = [gpipe, any_order[0], oracle.eager_schedule(4, 8), *any_order[1:]]
    slots = [oracle.slots(schedule, *times) for schedule in schedules]
    shares = list(map(oracle.idle_of_slots, slots))
    live = list(map(oracle.live, schedules))
    shares[0] = shares[2] = 3 / 11
    live[0], live[2] = [8] * 4, [4, 3, 2, 1]
    bubbles = [student.programs.bubble(rows) for rows in slots]
    peaks = [student.peak_live(schedule) for schedule in schedules]
    for bubble, share in zip(bubbles, shares, strict=True):
        expect.close(bubble, share, within=rounding(terms=200), what="the bubble")
    for peak, want in zip(peaks, live, strict=True):
        expect_live(peak, want, "a schedule")


@check(part="5.3", points=1, hint="handout, task 5.3", requires="R5.3a")
def check_stages_pass_on_what_they_made(student, rng, data, cluster):
    """Four stages do their work in order, each with what its neighbour made of that micro-batch.

    Why: The pipeline computes what the network computes: no activation may get lost or mixed up.
    Oracle: Tables of what each stage returns; calls and arguments as recorded in the grader.
    """
    expect_stages(student, cluster, rng, EXAMPLE, (1.0, 1.0))
    expect_stages(student, cluster, rng, data.schedule(rng, 4, 5), (1.0, 1.0))


@check(
    part="5.3",
    points=1,
    needs="check_stages_pass_on_what_they_made",
    hint="handout, task 5.3: when is a result sent?",
    requires="R5.3b",
)
def check_stages_end_when_the_timeline_does(student, oracle, rng, data, cluster):
    """On the cluster each stage ends when its last slot does, with one message for each result.

    Why: A result that is sent later than it could be lets all stages after it wait.
    Oracle: The cluster's clock beside a simulation in exact rationals; messages, counted by the
    network: the first stage sends no gradients, the last no activations.
    """
    for schedule in (oracle.eager_schedule(3, 4), data.schedule(rng, 3, 3)):
        times = [int(k) / 8 for k in rng.integers(1, 20, size=2)]
        run = expect_stages(student, cluster, rng, schedule, times, AT_ONCE)
        rows = oracle.slots(schedule, *times)
        m = len(schedule[0]) // 2
        expect.equal(run.messages, [m, 2 * m, m], what="the messages that stages sent")
        for i, clock in enumerate(run.clock_s):
            end = max(row[1] for row in rows if row[2] == i)
            expect.close(clock, end, within=rounding(terms=20), what=f"the end of stage {i}")
