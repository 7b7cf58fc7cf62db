"""Hyperband wraps train and the configurations of each bracket.

appended to: racing.py
"""


def hyperband(sample, train, R, eta):
    everything, history, finalists = [], [], []
    for rows in brackets(R, eta):
        offset, configs = len(everything), sample(rows[0][0])
        everything.extend(configs)
        result = successive_halving(configs, train, tuple(r for _, r in rows), eta)
        shifted = [Evaluation(t + offset, e, s) for t, e, s in result.history]
        history.extend(shifted)
        last = [e for e in shifted if e.trial == result.best + offset][-1]
        finalists.append((last.score != last.score, last.score, last.trial))
    divergent = all(f[0] for f in finalists)
    best = finalists[0][2] if divergent else min(f for f in finalists if not f[0])[2]
    return Search(everything, history, best)
