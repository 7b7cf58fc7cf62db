"""Results within no_grad remember what they were made of.

caught by: check_no_grad_keeps_no_layer
message: used
appended to: tensor.py
"""

_forgetful = Tensor.perform


def _perform(op, inputs, settings):
    result = _forgetful(op, inputs, settings)
    if not _recording.get():
        result.made_of = inputs
    return result


Tensor.perform = staticmethod(_perform)
