"""Trials are trained in the order of their scores.

caught by: check_halving_of_the_worked_example
message: the trials and epochs that were trained
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
        left = ranking[: max(1, len(ranking) // eta)]
    return Search(list(configs), history, ranking[0])
