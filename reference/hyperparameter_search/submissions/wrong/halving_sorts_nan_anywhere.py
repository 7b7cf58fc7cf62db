"""Scores are sorted as they are, NaN among them.

caught by: check_halving_puts_nan_last
message: expected
appended to: racing.py
"""


def successive_halving(configs, train, ladder, eta):
    left, states, history = list(range(len(configs))), {}, []
    for epochs in ladder:
        scores = {}
        for trial in left:
            scores[trial], states[trial] = train(configs[trial], epochs, states.get(trial))
            history.append(Evaluation(trial, epochs, scores[trial]))
        ranking = sorted(left, key=lambda trial: scores[trial])
        left = sorted(ranking[: max(1, len(ranking) // eta)])
    return Search(list(configs), history, ranking[0])
