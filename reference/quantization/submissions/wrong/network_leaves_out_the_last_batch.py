"""The last batch is not asked for.

caught by: check_network_is_quantized_layer_after_layer
message: the bytes of the codes of layer
"""


def _all_but_one(weights, biases, batch, batches, *rest, quantize_network=quantize_network):
    return quantize_network(weights, biases, batch, batches - 1, *rest)


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    return _all_but_one(weights, biases, batch, batches, bits, group, symmetric)
