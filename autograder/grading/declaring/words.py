"""What the words of messages and reports mean, for `autograder explain`."""

import re
from typing import NamedTuple

from autograder.model.verdict import Verdict

_MOST = 3  # words that are explained of one text


class Word(NamedTuple):
    """A word, by the names that messages have for it; the first is its title."""

    names: tuple[str, ...]
    means: str


_WORDS = (
    Word(
        ("too noisy to tell", "too noisy", "noisy", "noise"),
        "The machine was too busy to time the call, or the time is just at the budget. The check"
        " passes with full points. Close other programs and check again for a certain answer.",
    ),
    Word(
        ("witness", "witnessed"),
        "A second measurement from outside. Steps are counted inside your process and do not see a"
        " loop within a library, such as map or np.vectorize; so the grader also times the call."
        " Over the witness's limit means that such a loop does most of the work.",
    ),
    Word(
        ("yardstick", "x yardstick"),
        "A fixed list of array operations on random numbers, timed on this machine in turns with"
        " your call. A time budget is a multiple of it, so that it means the same on a slow laptop"
        " and on a fast server. It is no solution and has no order.",
    ),
    Word(
        ("interpreter steps", "steps", "opcodes", "bytecodes"),
        "Bytecodes that Python executes in your functions. One array operation takes a few,"
        " whatever its size; a loop takes several in each turn. The count is the same on every"
        " machine with the same version of Python.",
    ),
    Word(
        ("growth exponent", "grow like", "growth"),
        "How fast a count grows with the size n of the problem: 0 means that it stays the same,"
        " 1 that it doubles when n doubles, 2 that it becomes four times as large.",
    ),
    Word(
        ("bytes", "logical bytes", "above the inputs", "peak"),
        "Memory that numpy, torch and Python ask for during the call, at its worst moment. The"
        " inputs are not counted, the result is. A temporary counts as long as it lives, so one"
        " expression may hold several arrays at once.",
    ),
    Word(
        ("the operating system saw", "operating system"),
        "The system's own record of the memory of your process, read from outside. It also sees"
        " what a library takes by itself, and has 32 MB more than the budget.",
    ),
    Word(
        ("budget", "budgets"),
        "What a call may use at most: operations, memory or time. It is graded: going over it costs"
        " the points of that one check. `autograder explain` with the budget's name has its"
        " numbers.",
    ),
    Word(
        ("limit", "limits"),
        "What stops a process that would not end, or that would fill the machine. It is generous"
        " and is no budget: who keeps the budgets stays far below every limit.",
    ),
    Word(
        ("95 % interval", "interval", "pairs"),
        "Your call and the yardstick are timed in pairs, 7 to 41 times, until the answer is"
        " certain. The true ratio lies between these two numbers in 95 of 100 such measurements.",
    ),
    Word(
        ("wall/cpu",),
        "Time that passed, over time of the processor. Above 1 other programs had the processor as"
        " well. Waiting for it does not count.",
    ),
    Word(
        ("sleep", "sleeping", "slept"),
        "Time in which your code neither computed nor waited for a processor. It counts as time.",
    ),
    Word(
        ("flops",),
        "Multiplications and additions in products of matrices, computed from the shapes: the"
        " product of an m x k and a k x n matrix has 2*m*k*n.",
    ),
    Word(
        ("saved bytes",),
        "What torch's autograd keeps for the backward pass, at its most, without the arguments.",
    ),
    Word(
        ("speed-up", "x as fast as one", "x the time of one worker"),
        "Wall time with one worker over that with several, measured in pairs.",
    ),
    Word(
        ("not measurable here", "not counted"),
        "This machine has too few free processors to compare one worker with several. The check"
        " passes; the server measures again.",
    ),
    Word(
        ("is off by", "off by", "of its size", "allowed"),
        "The largest difference from the expected numbers. `2 of its size` is twice the largest"
        " expected entry; in brackets is how much is allowed, and why.",
    ),
    Word(
        ("rounding", "terms", "condition", "float64", "float32", "tolerance"),
        "Sums in another order round differently, so right results differ a little: by the"
        " precision of the type (2e-16 for float64, 1e-7 for float32) times the number of terms.",
    ),
    Word(
        ("exact", "exactly"),
        "No difference is allowed, not even by rounding: the value is counted, copied or chosen.",
    ),
    Word(
        ("at index", "got", "expected"),
        "The entry with the largest difference: its place, your number, and the right one.",
    ),
    Word(
        ("looks like", "equals what comes out when", "recognised mistake"),
        "Your numbers are those of a known mistake, to many digits. You may have made another one"
        " with the same effect.",
    ),
    Word(
        ("needs", "not run"),
        "A check that rests on another one, of the same function, is not run before that one"
        " passes.",
    ),
    Word(
        ("hidden", "hidden check", "hidden checks", "checks that did not run here"),
        "A check that runs on Gradescope only, with other sizes and types. It shows its title,"
        " verdict and hint, and no values.",
    ),
    Word(
        ("drawn the same way", "secret", "secret inputs", "seed", "other inputs"),
        "Random inputs follow from a number, the seed. At home it is public; on Gradescope each"
        " check also runs with a secret one. Code that passes only with the first relies on sizes,"
        " values or an order that change.",
    ),
    Word(
        ("not run to its end", "takes long", "did not finish"),
        "At home a report must come soon. Once two checks of a function did not finish, its other"
        " checks are not run, and slow calls have a share of a short time. `autograder check ID"
        " --patient` runs all of them, and so does Gradescope.",
    ),
    Word(
        ("read-only", "assignment destination is read-only"),
        "An input that your function may not change. Work on a copy, x = x.copy(), or build a new"
        " array.",
    ),
    Word(
        ("is changed in place", "in place", "was changed"),
        "Your function has written into an array that belongs to its caller: +=, out=, sort(),"
        " or an assignment to a slice of an argument, or of a view of one.",
    ),
    Word(
        ("was replaced", "replaced"),
        "Your file has put something of its own in place of a name in a library, which the check"
        " uses too. Change only what is yours.",
    ),
    Word(
        ("switched off", "counting was switched off"),
        "While a call is counted, your code has started a debugger, a profiler or tracemalloc:"
        " remove it. A breakpoint() in `check --debug` does that too.",
    ),
    Word(
        ("cannot be used", "nan", "infinity", "not finite"),
        "The check could not compute with what your function returned, often because it holds NaN,"
        " infinity or None, or has another shape.",
    ),
    Word(
        ("hardly got a processor", "machine is too busy"),
        "Other programs used the processors, so that your code did not run. Check again later.",
    ),
    Word(
        ("undecided", "?"),
        "The grader itself failed, so that no points were decided. Check again once, then tell the"
        " staff.",
    ),
    Word(
        ("extra credit", "optional"),
        "Points beyond the total: nothing is lost without them.",
    ),
    Word(
        ("judged by", "oracle"),
        "Where the expected numbers come from. It is never the staff's own solution: a derivative"
        " by differences, a plain loop, a formula, another library.",
    ),
    Word(
        ("prediction", "predicted", "ratio"),
        "A cost that your function computes beforehand, beside what is counted in a real call.",
    ),
    Word(
        ("rank", "ranks", "comm"),
        "One of several processes that run your function side by side and exchange messages by"
        " `comm`. The grader is the network between them.",
    ),
    Word(
        ("deadlock", "all of them wait", "waits for"),
        "Every rank waits for a message that no rank sends any more, so that none can go on.",
    ),
    Word(
        ("program", "the check's program"),
        "A function of assignments/ID/programs.py. It calls yours in the worker where one plain"
        " call is not enough: several calls, threads, classes. You can read it.",
    ),
    Word(
        ("isolation", "layer"),
        "What keeps your code apart from the grader and from the rest of the machine.",
    ),
    *(Word((verdict.word,), f"{verdict.sentence} {verdict.help}".strip()) for verdict in Verdict),
)


def words() -> tuple[Word, ...]:
    """All of them."""
    return _WORDS


def word_named(text: str) -> Word | None:
    """The word of exactly this name."""
    asked = _plain(text)
    return next((word for word in _WORDS if asked in map(_plain, word.names)), None)


def words_in(text: str) -> list[Word]:
    """The words that occur in a text, such as a whole message; else those that it is a piece of."""
    asked = f" {_plain(text)} "
    sizes = {word: max(_length(f" {_plain(n)} ", asked) for n in word.names) for word in _WORDS}
    if not any(sizes.values()) and asked.strip():
        sizes = {w: max(_length(asked.strip(), _plain(n)) for n in w.names) for w in _WORDS}
    found = [word for word in _WORDS if sizes[word]]
    return sorted(found, key=lambda word: -sizes[word])[:_MOST]


def _length(piece: str, text: str) -> int:
    """Of a piece that is in the text; 0 where it is not."""
    return len(piece) if piece.strip() and piece in text else 0


def _plain(text: str) -> str:
    """Lower case, without what separates words."""
    return " ".join(re.sub(r"[^\w%/?*-]+", " ", text.lower().replace("_", " ")).split())
