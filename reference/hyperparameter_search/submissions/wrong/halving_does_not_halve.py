"""All trials are trained to the end, as in a bracket of Ray that did not run paused trials again.

caught by: check_halving_of_the_worked_example
message: of the budget are left
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
        left = left
    return Search(list(configs), history, ranking[0])
