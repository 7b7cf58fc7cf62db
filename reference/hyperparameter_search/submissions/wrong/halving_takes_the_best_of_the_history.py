"""The winner is the best of the whole history, as users of scikit-learn expected.

caught by: check_halving_compares_equals
message: the trial that won
appended to: racing.py
"""


def successive_halving(configs, train, ladder, eta):
    left, states, history = list(range(len(configs))), {}, []
    for epochs in ladder:
        scores = {}
        for trial in left:
            scores[trial], states[trial] = train(configs[trial], epochs, states.get(trial))
            history.append(Evaluation(trial, epochs, scores[trial]))
        ranking = sorted(left, key=lambda trial: rank(scores[trial]))
        left = sorted(ranking[: max(1, len(ranking) // eta)])
    return Search(list(configs), history, min(history, key=lambda e: rank(e.score)).trial)
