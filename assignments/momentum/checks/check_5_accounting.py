"""Part 5: predicted costs against counted ones."""

from autograder.grading import check
from expectations import TOLERANCES


@check(
    part="5.1",
    points=2,
    hint="handout, task 5.1: the rate of one step",
    requires="R5.1a",
    unjudged={
        "predict_iterations([1-4]).measured: changed": "a prediction may be off by 30 % and 2 steps"
    },
)
def check_predicted_steps_are_the_counted_ones(student, oracle, accounting):
    """predict_iterations is right to a step for descent, to 30 % and 2 steps for the heavy ball.

    Why: Who can tell the number of steps from kappa knows what momentum will bring before it runs.
    Oracle: Both algorithms, walked in Python floats on the two curvatures at the ends, and their
    steps counted.
    """
    cases = (  # no ratio above 1e-9: the handout promises that; no number of steps is like the next
        ("gradient_descent", 1.0, 25.0, 1e-9),
        ("gradient_descent", 0.02, 3.0, 1e-12),
        ("heavy_ball", 0.03, 21.0, 1e-10),
        ("heavy_ball", 1.0, 100.0, 1e-9),
        ("heavy_ball", 0.5, 450.0, 1e-12),
        ("heavy_ball", 2.0, 386.0, 1e-13),
    )
    names = ("method", "mu", "L", "ratio")
    for method, tolerance in TOLERANCES.items():
        chosen = [dict(zip(names, case, strict=True)) for case in cases if case[0] == method]
        accounting.compare(
            student.predict_iterations,
            configurations=chosen,
            measure=oracle.steps_needed,
            unit="steps",
            **tolerance,
        )


@check(
    part="5.2",
    points=2,
    hint="handout, task 5.2: which arrays does it keep?",
    requires="R5.2a",
    unjudged={"predict_state_bytes(*).measured: changed": "a prediction may be off by 64 KiB"},
)
def check_predicted_state_is_what_is_allocated(student, rng, data, accounting):
    """predict_state_bytes is within 64 KiB of what the constructor of your optimiser allocates.

    Why: State decides how large a model fits, and can be read off the equations.
    Oracle: The allocations counted while your own optimiser is made.
    """
    cases = {
        "SGDMomentum": ((300, 1000), "float32"),
        "AdaGrad": ((700, 500), "float64"),
        "AdamW": ((900, 400), "float32"),
    }

    def allocated(optimiser, num_params, itemsize):
        shape, dtype = cases[optimiser]
        params = data.random_arrays(rng, [shape, (70,)], dtype)
        options = {"alpha": 0.1} | ({"beta": 0.9} if optimiser == "SGDMomentum" else {})
        return accounting.bytes(student.programs.construct, optimiser, params, options)

    accounting.compare(
        student.predict_state_bytes,
        configurations=[
            {
                "optimiser": name,
                "num_params": rows * columns + 70,
                "itemsize": 4 if dtype == "float32" else 8,
            }
            for name, ((rows, columns), dtype) in cases.items()
        ],
        measure=allocated,
        unit="bytes",
        absolute=64 * 1024,
    )
