"""The best trials come from a stable argsort, which puts NaN last.

appended to: racing.py
"""

import numpy as np


def successive_halving(configs, train, ladder, eta):
    alive, states, history = np.arange(len(configs)), [None] * len(configs), []
    for epochs in ladder:
        scores = []
        for i in alive:
            score, states[i] = train(configs[i], int(epochs), states[i])
            scores.append(score)
            history.append(Evaluation(i, epochs, score))
        order = np.argsort(scores, kind="stable")
        best, kept = alive[order[0]], np.sort(alive[order[: max(1, len(alive) // eta)]])
        for i in set(alive) - set(kept):
            states[i] = None
        alive = kept
    return Search(list(configs), history, best)
