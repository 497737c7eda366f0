"""Weights that a model keeps as parameters of its own, in no layer: each matrix, with its bias, is told as the dense layer that it is."""

from torch import nn


class Parameters:
    """One kernel and its bias; `turned` where it is kept as outputs × inputs."""

    def __init__(self, kernel, bias, turned):
        self.kernel, self.bias, self.turned = kernel, bias, turned


def holds_loose(part):
    """Whether weights in this part belong to no layer: a list of parameters, or a class of a student's with several matrices."""
    if isinstance(part, (nn.ParameterList, nn.ParameterDict)):
        return True
    is_own = not type(part).__module__.startswith("torch.nn.")
    return is_own and sum(_is_kernel(parameter) for parameter in part.parameters(recurse=False)) > 1


def loose_in(parts, width):
    """The kernels in these parts as a chain that begins with inputs of this width, each with the next bias that fits."""
    own = [parameter for part in parts for parameter in part.parameters(recurse=False)]
    kernels = [parameter for parameter in own if _is_kernel(parameter)]
    biases = [parameter for parameter in own if not _is_kernel(parameter)]
    chain, turned = [], False
    while kernels:
        # The way round of the one before first: a square kernel does not say.
        ways = [(kernel, way) for way in (turned, not turned) for kernel in kernels if kernel.shape[1 if way else 0] == width]
        kernel, turned = ways[0] if ways else (kernels[0], turned)
        width = kernel.shape[0 if turned else 1]
        bias = next((it for it in biases if it.numel() == width), None)
        kernels = [it for it in kernels if it is not kernel]
        biases = [it for it in biases if it is not bias]
        chain.append(Parameters(kernel, bias, turned))
    return chain


def widths_of(parts):
    """How many inputs the first of these kernels may have."""
    return [size for part in parts for it in part.parameters(recurse=False) if _is_kernel(it) for size in it.shape]


def _is_kernel(parameter):
    return parameter.dim() == 2 and min(parameter.shape) > 1
