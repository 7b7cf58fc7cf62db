"""Part 5 on other configurations."""

from autograder.grading import check
from expectations import TOLERANCES

LARGEST = {"gradient_descent": 80.0, "heavy_ball": 400.0}  # condition number


@check(
    part="5.1",
    points=1,
    hint="handout, task 5.1: the rate of one step",
    requires="R5.1a",
    unjudged={
        "predict_iterations([1-2]).measured: changed": "a prediction may be off by 30 % and 2 steps"
    },
)
def check_predicted_steps_for_other_curvatures(student, oracle, rng, accounting):
    """predict_iterations is right for other curvatures and ratios.

    Why: A formula holds for all kappa, a table of four answers for four.
    Oracle: Both algorithms, walked in Python floats on the two curvatures at the ends, and their
    steps counted.
    """
    names = ("method", "mu", "L", "ratio")
    for method, tolerance in TOLERANCES.items():
        cases = []
        for ratio in (1e-9, 1e-13):
            mu = round(float(rng.uniform(0.1, 5.0)), 2)
            L = round(mu * float(rng.uniform(LARGEST[method] / 4, LARGEST[method])), 1)
            cases.append((method, mu, L, ratio))
        accounting.compare(
            student.predict_iterations,
            configurations=[dict(zip(names, case, strict=True)) for case in cases],
            measure=oracle.steps_needed,
            unit="steps",
            **tolerance,
        )


@check(
    part="5.2",
    points=1,
    hint="handout, task 5.2: which arrays does it keep?",
    requires="R5.2a",
    unjudged={"predict_state_bytes(*).measured: changed": "a prediction may be off by 64 KiB"},
)
def check_predicted_state_of_other_optimisers(student, rng, data, accounting):
    """predict_state_bytes is right for the other optimisers and sizes.

    Why: The state of an optimiser follows from its equations, not from its name.
    Oracle: The allocations counted while the submission's own optimiser is made.
    """
    dtypes = {4: "float32", 8: "float64"}

    def allocated(optimiser, num_params, itemsize):
        params = data.random_arrays(
            rng, [(num_params // 7, 7), (num_params % 7,)], dtypes[itemsize]
        )
        options = {"alpha": 0.1} | ({"beta": 0.9} if optimiser == "Nesterov" else {})
        return accounting.bytes(student.programs.construct, optimiser, params, options)

    accounting.compare(
        student.predict_state_bytes,
        configurations=[
            {"optimiser": name, "num_params": int(size), "itemsize": itemsize}
            for name, itemsize, size in zip(
                ("Nesterov", "RMSProp", "Adam"),
                (8, 4, 8),
                rng.integers(200_000, 400_000, size=3),
                strict=True,
            )
        ],
        measure=allocated,
        unit="bytes",
        absolute=64 * 1024,
    )
