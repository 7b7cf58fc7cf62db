"""The loss is the sum over the examples.

caught by: check_distillation_loss_and_its_gradient
message: the loss at T =
appended to: compression.py
"""


def distillation_loss(student, teacher, T):
    log_p, log_q = (_log_softmax(logits / T) for logits in (teacher, student))
    p, q = np.exp(log_p), np.exp(log_q)
    return float(T**2 * (p * (log_p - log_q)).sum()), T * (q - p)
