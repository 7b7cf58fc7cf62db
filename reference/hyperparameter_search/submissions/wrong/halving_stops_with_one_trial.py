"""A trial that is left alone is not trained to the end.

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
        left = sorted(ranking[: max(1, len(ranking) // eta)])
        if len(left) == 1:
            break
    return Search(list(configs), history, ranking[0])
