"""What the checks of several parts share: graphs, and chains followed by hand."""

import statistics
import time

import numpy as np

from autograder.grading import expect, rounding

# The worked example of the handout, section 4: y = x0 (x0 + x1) + x1, leaves 0 and 1
NODES_BY_HAND = [("add", [0, 1], {}), ("mul", [0, 2], {}), ("add", [3, 1], {})]

# Ways in which values are used, of the leaves 0 and 1: each node is an operation and its two inputs
_USES = {
    "a leaf alone": "",
    "x0 + x1": "add 0 1",
    "x0 twice in a sum": "add 0 0",
    "x1 x0": "mul 1 0",
    "a diamond": "mul 0 0, add 2 0, mul 2 3, add 4 1",
    "x0 twice in a product": "mul 0 0",
    "a diamond whose sides differ in length": "mul 0 1, add 2 1, mul 3 1, add 4 0, mul 2 5",
    "a value that nothing uses": "mul 0 1, add 0 0, mul 2 0",
    # one array may be the gradient of both terms of a sum: what is added to one must not change
    # the other, whichever comes first
    "a sum whose term has another use": "mul 0 1, add 2 1, add 0 3, mul 4 4",
    "a leaf that nothing uses": "add 0 0, mul 2 0",
    "the other term": "mul 0 1, add 1 2, add 3 0, mul 4 4",
    "early and late uses": "mul 0 1, mul 2 0, add 3 1, mul 4 0, add 5 2, mul 6 1",
    "a product of a sum": "add 0 1, mul 2 1",
    "a sum within a sum": "mul 1 0, add 1 0, add 3 2, add 4 0, mul 5 5, add 6 1",
}


def graphs():
    """Each way of use by its name, and its nodes."""
    for name, text in _USES.items():
        words = [node.split() for node in text.split(", ") if node]
        yield name, [(op, [int(first), int(second)], {}) for op, first, second in words]


def made_of(leaves, nodes):
    """The numbers of the values that the last one is made of, itself among them."""
    found, waiting = set(), [leaves + len(nodes) - 1]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += nodes[number - leaves][1] if number >= leaves else []
    return found


def chain_by_hand(x, ws, v):
    """The end of the chain h -> tanh(h w), and how it changes along v: slope after slope."""
    for w in ws:
        x = np.tanh(x * w)
        v = (1 - x * x) * w * v
    return x, v


def of_each(found, expressions):
    """The value and the derivatives of each expression, as `gradients` or `tangents` found them."""
    pairs = [expect.items(pair, 2) for pair in expect.items(found, len(expressions))]
    for (_, derivatives), (leaves, *_) in zip(pairs, expressions, strict=True):
        if isinstance(derivatives, (list, tuple)):
            expect.items(derivatives, len(leaves), what="the gradients")
    return pairs


def facts(found, *names):
    """What a program found out, by name."""
    expect.that(isinstance(found, dict) and set(found) == set(names), "facts are missing")
    return found


def described(expression):
    """Its operations, the shapes of its leaves, and its settings."""
    leaves, _, nodes, *_ = expression
    shapes = ", ".join(str(np.shape(leaf)) for leaf in leaves)
    settings = {k: v for _, _, given in nodes for k, v in given.items()}
    ops = " then ".join(op for op, _, _ in nodes)
    return f"{ops} of {shapes} {str(settings or '')[:60]}".strip()


def expect_unchanged(student, expressions, use_duals):
    """Leaves, and seeds or directions, are after backward or jvp what they were."""
    kind = "direction" if use_duals else "seed"
    found = student.programs.arguments_afterwards(expressions, use_duals)
    afterwards = expect.items(found, len(expressions))
    for expression, found in zip(expressions, afterwards, strict=True):
        (leaves, _, _, beside), where = expression, described(expression)
        given, others = expect.items(found, 2)
        beside, others = (beside, others) if use_duals else ([beside], [others])
        for kind_, before, after in (("leaf", leaves, given), (kind, beside, others)):
            for x, y in zip(before, expect.items(after, len(before)), strict=True):
                expect.equal(y, np.asarray(x), what=f"the caller's {kind_} after {where}")


# A loop of `map` over all entries takes at least about 0.9 of the time of the shortest one; what
# is right was measured to take up to 0.25, and 0.45 on processors without AVX
MOST_OF_A_LOOP = 0.6


def expect_no_loops(student, data, program, expressions):
    """No expression takes as long as a loop within C over its entries.

    What seems to is timed again, and may take three times as long as its value in plain numpy,
    where that is slow.
    """
    suspected = list(expressions)
    for _ in range(2):
        calls = [([e],) for e in suspected]
        taken = student.programs.loops_taken(program, calls, data.WIDE)
        what = "the time in loops"
        loops = [expect.number(t, low=0, what=what) for t in expect.items(taken, len(suspected))]
        slow = [
            (e, t)
            for e, t in zip(suspected, loops, strict=True)
            if t > MOST_OF_A_LOOP and t > MOST_OF_A_LOOP + 3 * _loops_of_value(data, e)
        ]
        suspected = [e for e, _ in slow]
    for e, t in slow:
        expect.fail(
            f"{program} of {described(e)} takes {t:.2g} x the time of a loop over its entries",
            f"allowed: {MOST_OF_A_LOOP}",
            hint="is there a loop in map, np.vectorize, np.fromiter or tolist?",
        )


def _loops_of_value(data, expression):
    """The time of the value in plain numpy, in loops over so many entries; a median."""
    leaves, _, ((op, _, settings),), *_ = expression
    numbers = np.ones(data.WIDE)

    def seconds(function):
        start = time.perf_counter()
        function()
        return time.perf_counter() - start

    return statistics.median(
        seconds(lambda: data.OPERATIONS[op](*leaves, **settings))
        / seconds(lambda: np.array(list(map(abs, numbers.tolist()))))
        for _ in range(7)
    )


def close_chain(N, got, want, what):
    """A value or derivative of a chain of N layers is right."""
    within = rounding(terms=3 * N, condition=10, size=1.0, why="layers that each amplify a little")
    expect.close(got, want, within=within, what=what)


def judged_network(oracle, directions):
    """How to judge the gradients of a network: along directions, one for each parameter."""

    def expected(params, X, labels, *_):
        return oracle.mlp_slopes(params, X, labels, directions)

    def verify(arguments, gradients, want):
        params, X, *_ = arguments
        gradients = expect.items(gradients, len(params), what="the gradients")
        for k, (g, v, slope) in enumerate(zip(gradients, directions, want, strict=True)):
            what = f"the gradient by parameter {k}"
            g = expect.array(g, shape=np.shape(v), what=what)
            within = rounding(
                terms=X.shape[0] * X.shape[1], condition=10, size=1.0, why="sums that may cancel"
            )
            expect.close(float(np.sum(g * v)), slope, within=within, what=f"{what}, along v,")

    return {"expected": expected, "verify": verify}


def flops_of_loss(student, oracle, accounting, network, at_least):
    """Operations counted in the products of the loss, whose value is right."""
    within = rounding(terms=1000, condition=10, size=1.0, why="sums over all inputs")
    return accounting.flops(
        student.programs.loss_of_a_network,
        *network,
        at_least=at_least,
        expected=oracle.mlp_loss,
        verify=lambda _, loss, want: expect.close(loss, want, within=within, what="the loss"),
    )


def bytes_of_chain(student, data, rng, accounting, N, n, use_checkpoints):
    """Bytes traced in a chain's gradient by x, which is right."""
    x, ws = data.positive(rng, n), [data.positive(rng, 1) for _ in range(N)]
    want = chain_by_hand(x, ws, np.ones(n))[1]
    return accounting.bytes(
        student.programs.gradient_of_a_chain,
        *(x, ws, use_checkpoints),
        verify=lambda _, gradient, __: close_chain(N, gradient, want, "the gradient by x"),
    )
