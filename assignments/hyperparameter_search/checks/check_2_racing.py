"""Part 2: racing. The grader keeps the ledger: expectations.Priced."""

import numpy as np

from autograder.grading import check, expect
from expectations import (
    Priced,
    expect_halving,
    expect_hyperband,
    expect_search,
    expect_untouched,
    expect_whole,
)


def _expect_numbers(got, want, what):
    """A list of these whole numbers."""
    for place, (number, wanted) in enumerate(
        zip(expect.items(got, len(want), what=what), want, strict=True)
    ):
        expect_whole(number, wanted, f"entry {place} of {what}")


def _expect_table(got, want, what):
    """Brackets of pairs of whole numbers."""
    for s, (bracket, wanted) in enumerate(
        zip(expect.items(got, len(want), what=what), want, strict=True)
    ):
        named = f"bracket {s} of {what}"
        pairs = expect.items(bracket, len(wanted), what=named)
        for place, (pair, numbers) in enumerate(zip(pairs, wanted, strict=True)):
            _expect_numbers(pair, numbers, f"pair {place} of {named}")


@check(part="2.1", points=1, hint="handout, task 2.1", requires="R2.1a")
def check_rungs_up_to_eighty_one(student):
    """The rungs up to 81 with eta = 3 are 1, 3, 9, 27, 81; from 2 to 50 with eta = 5 2, 10, 50.

    Why: Every schedule of this part stands on these numbers.
    Oracle: By hand.
    """
    _expect_numbers(student.rungs(81, 3), [1, 3, 9, 27, 81], "rungs(81, 3)")
    _expect_numbers(student.rungs(50, 5, 2), [2, 10, 50], "rungs(50, 5, 2)")
    _expect_numbers(student.rungs(4, 2, 4), [4], "rungs(4, 2, 4)")


@check(
    part="2.1",
    points=1,
    needs="check_rungs_up_to_eighty_one",
    hint="handout, task 2.1: no logarithms",
    requires=("R2.1a", "R2.1b"),
)
def check_rungs_where_logarithms_fail(student):
    """The last of the rungs for 243, 1000, 59 049 and 5^13 is there, and 100 is no power of 3.

    Why: math.log(243, 3) is 4.999999999999999: a released library lost a rung that way.
    Oracle: Powers of whole numbers.
    """
    for eta, k in ((3, 5), (10, 3), (3, 10), (9, 5), (5, 13), (2, 29)):
        _expect_numbers(
            student.rungs(eta**k, eta), [eta**i for i in range(k + 1)], f"rungs({eta**k}, {eta})"
        )
    for arguments in ((100, 3), (244, 3), (242, 3), (6, 3, 4), (2, 2, 3), (10, 2, 3)):
        error = student.programs.raised("rungs", *arguments)
        expect.equal(error, "ValueError", what=f"the error of rungs{arguments}")


@check(part="2.1", points=1, hint="handout, the table of section 4", requires="R2.1c")
def check_brackets_of_the_worked_example(student):
    """The brackets for R = 9 and eta = 3 are those of the handout.

    Why: Each bracket spends about as much, on many short runs or on few long ones.
    Oracle: By hand, the handout's table.
    """
    want = [[(9, 1), (3, 3), (1, 9)], [(5, 3), (1, 9)], [(3, 9)]]
    _expect_table(student.brackets(9, 3), want, "brackets(9, 3)")


@check(
    part="2.1",
    points=2,
    needs="check_brackets_of_the_worked_example",
    hint="handout, task 2.1: no logarithms, no floats",
    requires=("R2.1b", "R2.1c"),
)
def check_brackets_are_exact(student, oracle):
    """The brackets for 81, 243, 1000 and 15 625 are those of exact rationals, and 80 raises.

    Why: 243 has six brackets; by logarithms a released library had five. By floats 15 625 trials
    become 15 626.
    Oracle: Exact rationals; the last check of section 4: 143 trials and 1581 epochs for R = 81.
    """
    for R, eta in ((81, 3), (243, 3), (1000, 10), (15625, 5), (64, 2), (1, 2)):
        table = student.brackets(R, eta)
        _expect_table(table, oracle.brackets(R, eta), f"brackets({R}, {eta})")
    error = student.programs.raised("brackets", 80, 3)
    expect.equal(error, "ValueError", what="the error of brackets(80, 3)")


# scores after 0, 1, ..., 4 epochs: the worked example of the handout
EXAMPLE = np.array(
    [
        [9.0, 5.0, 4.0, 3.0, 2.5],
        [9.0, 4.0, 3.0, 2.0, 1.0],
        [9.0, 3.0, 1.5, 1.5, 2.0],
        [9.0, 6.0, 1.0, 0.5, 0.1],
    ]
)


@check(
    part="2.2",
    points=2,
    hint="handout, the worked example of a race",
    requires=("R2.2a", "R2.2b", "R2.2c", "R2a:successive_halving"),
)
def check_halving_of_the_worked_example(student, rng):
    """Four trials race over 1, 2 and 4 epochs: 2 and 1 are left after one epoch, then 2 wins.

    Why: The trial that would have been best in the end is slow at first and does not get there.
    Oracle: By hand, the handout's table.
    """
    configs = [{"step_size": 0.1 * k} for k in range(1, 5)]
    priced = Priced(rng, configs, EXAMPLE, 8)
    search = student.successive_halving(
        configs, expect.calls(priced.train, at_most=50), [1, 2, 4], 2
    )
    want = [(0, 1), (1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (2, 4), 2]
    expect_search(search, priced, want)


@check(
    part="2.2",
    points=3,
    needs="check_halving_of_the_worked_example",
    hint="handout, task 2.2: states",
    requires=("R2a:successive_halving", "R2.2a", "R2.2b"),
)
def check_halving_trains_each_trial_on(student, oracle, rng, data):
    """27 trials whose curves cross are trained on from their own states, for 81 epochs and no more.

    Why: Training again from nothing costs half as much again; the state of another trial makes
    every score wrong.
    Oracle: The ledger in the grader, where each epoch is paid once and each state is used once; the
    trials that are left, counted in pairs.
    """
    configs, curves = data.configs(rng, 27), np.array(data.curves(rng, 27, 27))
    curves[[0, 26]] -= 2.0  # both trials of one configuration get far
    expect_halving(student, oracle, rng, configs, curves, [1, 3, 9, 27], 3)


@check(
    part="2.2",
    points=1,
    needs="check_halving_of_the_worked_example",
    hint="handout, task 2.2: how many are left?",
    requires="R2.2a",
)
def check_halving_rounds_down(student, oracle, rng, data):
    """Of 34 trials 11, 3 and 1 are left with eta = 3; of 7 with eta = 2 there are 3, 1, 1 and 1.

    Why: Rounding up, or to the nearest, trains one trial more than was budgeted for.
    Oracle: The trials that are left, counted in pairs; the grader's ledger.
    """
    for n, eta, ladder in ((34, 3, [1, 3, 9, 27]), (7, 2, [1, 2, 4, 8, 16])):
        configs, curves = data.configs(rng, n), data.curves(rng, n, ladder[-1])
        expect_halving(student, oracle, rng, configs, curves, ladder, eta)


@check(
    part="2.2",
    points=2,
    needs="check_halving_of_the_worked_example",
    hint="handout, part 2: NaN and ties",
    requires="R2b:successive_halving",
)
def check_halving_puts_nan_last(student, oracle, rng, data):
    """A run that diverged is worse than any other; of equal scores the lower trial is better.

    Why: Comparisons with NaN are all false, so a sort leaves it anywhere: several libraries had it
    win.
    Oracle: The trials that are left, counted in pairs, with NaN and ties placed on purpose: at the
    first trial, at the best one, at more trials than may be dropped, at all.
    """
    ladder = [1, 2, 4]
    configs = data.configs(rng, 12)
    for case in range(4):
        curves = np.array(data.curves(rng, 12, 4))
        if case == 0:  # the first and the best diverge
            curves[0, 1:] = np.nan
            curves[int(np.argmin(curves[:, 4])), 1:] = np.nan
        elif case == 1:  # seven of twelve: one of them must be kept
            curves[rng.permutation(12)[:7], 1:] = np.nan
        elif case == 2:  # ties, across the border of those that are kept
            curves[:, 1] = rng.permutation([1, 1, 2, 2, 3, 3, 3, 3, 3, 4, 5, 5])
            curves[:, 2:] = 7.0
        else:
            curves[:, 1:] = np.nan
            curves[int(rng.integers(6)), 1] = np.inf
        expect_halving(student, oracle, rng, configs, curves, ladder, 2)


@check(
    part="2.2",
    points=1,
    needs="check_halving_of_the_worked_example",
    hint="handout, task 2.2: who has won?",
    requires=("R2.2c", "R0a:successive_halving"),
)
def check_halving_compares_equals(student, oracle, rng, data):
    """The winner is the best of the last rung, although others had been lower before they rose.

    Why: A score after 1 epoch is no score after 9: users of a well-known library were confused by
    a winner with fewer epochs.
    Oracle: Curves that rise at the end, and the trials that are left, counted in pairs; the
    configurations and rungs as the caller sees them afterwards.
    """
    configs = data.configs(rng, 9)
    curves = np.array(data.curves(rng, 9, 9))
    curves[:, 9] += 10.0
    curves[:, 3] += 5.0
    curves[np.argmin(curves[:, 1]), 3] += 3.0  # the lowest of the whole history is out
    priced = expect_halving(student, oracle, rng, configs, curves, [1, 3, 9], 3)
    again = Priced(rng, configs, curves, priced.spent)
    given = [configs, [1, 3, 9], 3]
    answer = student.programs.effects(
        "successive_halving", configs, expect.calls(again.train, at_most=50), [1, 3, 9], 3
    )
    search = expect_untouched(answer, given, "successive_halving")
    *levels, (winner,) = oracle.halving(curves, [1, 3, 9], 3)
    want = [(t, e) for level, e in zip(levels, (1, 3, 9), strict=True) for t in level]
    expect_search(search, again, [*want, winner])


@check(
    part="2.2",
    points=1,
    needs="check_halving_of_the_worked_example",
    hint="handout, task 2.2: which states are needed?",
    requires="R2.2d",
)
def check_halving_keeps_only_states_it_needs(student, rng, budgets):
    """Two trials over thirty rungs, with states of 4 MB, need memory for five of them at most.

    Why: A state is a model and its optimiser: a search that keeps all of them fills the memory.
    Oracle: Bytes counted by the allocators, against a formula for five states; who wins is known.
    """
    ladder, numbers = list(range(1, 31)), 500_000

    def inputs(rng):
        floors = [float(x) for x in rng.permutation([1.0, 2.0])]
        return [{"floor": floor} for floor in floors], ladder, 2, numbers

    def verify(arguments, value, want):
        floors = [config["floor"] for config in arguments[0]]
        winner = floors.index(min(floors))
        best, history = expect.items(value, 2, what="the winner and the history")
        expect_whole(best, winner, "the trial that won")
        jobs = [(0, 1), (1, 1), *((winner, epochs) for epochs in ladder[1:])]
        for entry, (trial, epochs) in zip(
            expect.items(history, len(jobs), what="the history"), jobs, strict=True
        ):
            got = expect.items(entry, 3, what="an entry of the history")
            expect_whole(got[0], trial, "the trial of an entry")
            expect_whole(got[1], epochs, "the epochs of an entry")
            score = expect.number(got[2], what="the score of an entry")
            expect.that(score == floors[trial] + 1 / (1 + epochs), "a score is another one's")

    budgets.memory(
        "halving_states",
        student.programs.halving_with_states,
        inputs=inputs,
        sizes={"S": 8 * numbers},
        verify=verify,
    )


@check(
    part="2.3",
    points=2,
    hint="handout, task 2.3",
    requires=("R2.3a", "R2.3b", "R2a:hyperband"),
)
def check_hyperband_runs_its_brackets(student, oracle, rng, data):
    """Hyperband with R = 9 and eta = 3 samples 9, 5 and 3 configurations and races each bracket.

    Why: It is not known beforehand how early curves cross: the brackets hedge against it.
    Oracle: The grader's ledger; the trials that are left in each bracket, counted in pairs.
    """
    expect_hyperband(student, oracle, rng, data, 9, 3, data.curves(rng, 17, 9))


@check(
    part="2.3",
    points=2,
    needs="check_hyperband_runs_its_brackets",
    hint="handout, task 2.3: the price",
    requires=("R2.3a", "R2.3d", "R2a:hyperband"),
)
def check_hyperband_spends_its_schedule(student, oracle, rng, data, budgets):
    """Hyperband with R = 27 trains 357 epochs, with R = 16 and eta = 2 its 278, and none twice.

    Why: The budget of a search is a promise to those who pay for it.
    Oracle: The ledger in the grader, which refuses the first epoch too much; a walk, an epoch at a
    time.
    """
    for R, eta, n in ((27, 3, 49), (16, 2, 200)):
        expect_hyperband(student, oracle, rng, data, R, eta, data.curves(rng, n, R), budgets)


@check(
    part="2.3",
    points=1,
    hint="handout, task 2.3: who has won?",
    requires=("R2.3c", "R2b:hyperband"),
)
def check_hyperband_compares_the_winners(student, oracle, rng, data):
    """Hyperband's winner is the best of its brackets' winners, be it in the first or the last one.

    Why: The last bracket is no better for being last; a winner that diverged is no winner.
    Oracle: Curves that favour one bracket after another, one whose winner diverges, and ties.
    """
    for case in range(5):
        curves = np.array(data.curves(rng, 17, 9))
        bracket = (slice(0, 9), slice(9, 14), slice(14, 17))[case % 3]
        if case < 3:
            curves[bracket] -= 5.0
        elif case == 3:
            curves[bracket, 9] = np.nan
        else:
            curves[:, 9] = 2.0
        expect_hyperband(student, oracle, rng, data, 9, 3, curves)


def _expect_promotions(student, oracle, curves, ladder, eta, events):
    """ASHA's jobs for a list of events."""
    jobs = student.programs.promotions(ladder, eta, curves, events)
    wanted = oracle.asha_jobs(curves, ladder, eta, events)
    for number, (job, want) in enumerate(
        zip(expect.items(jobs, len(wanted), what="the jobs"), wanted, strict=True)
    ):
        _expect_numbers(job, want, f"job {number}, (trial, epochs)")


@check(part="2.4", points=2, hint="handout, task 2.4", requires="R2.4a")
def check_promotions_of_one_worker(student, oracle, rng, data):
    """One worker: after three trials of 1 epoch the best is promoted, and so on for 40 jobs.

    Why: The first trial must not pass every rung because no other trial is there yet: a released
    library had that.
    Oracle: A replay in which each trial's betters are counted in pairs.
    """
    curves = data.curves(rng, 45, 9)
    _expect_promotions(student, oracle, curves, [1, 3, 9], 3, [0] * 40)


@check(
    part="2.4",
    points=1,
    needs="check_promotions_of_one_worker",
    hint="handout, task 2.4: which rung first?",
    requires=("R2.4a", "R2.4b"),
)
def check_promotions_of_many_workers(student, oracle, rng, data):
    """Up to five workers, some runs diverged: every free worker gets a job at once, the right one.

    Why: A worker that waits for others to finish is what this algorithm is there to avoid.
    Oracle: A replay of a random list of events, in which betters are counted in pairs.
    """
    curves = np.array(data.curves(rng, 75, 8))
    curves[rng.random(75) < 0.15, 1:] = np.nan
    events = [int(e) for e in rng.integers(0, 5, size=70)]
    _expect_promotions(student, oracle, curves, [1, 2, 4, 8], 2, events)
