"""The parts of a loop that trains with PyTorch, known by what they hold, and a training that changes nothing."""

import contextlib

import torch


def role_of(x):
    """`model`, `optimizer`, `loss`, `batches`; None for anything else."""
    kind = type(x)
    if issubclass(kind, torch.nn.modules.loss._Loss):
        return "loss"
    if issubclass(kind, torch.nn.Module):
        return "model" if any(True for _ in x.parameters()) else None
    if issubclass(kind, torch.optim.Optimizer):
        return "optimizer"
    return "batches" if issubclass(kind, torch.utils.data.DataLoader) else None


@contextlib.contextmanager
def without_steps(model):
    """For as long as this is entered every gradient of the model is zero, by whatever rule steps are made of them."""
    whole = torch.Tensor.backward

    def backward(tensor, *args, **keywords):
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)

    torch.Tensor.backward = backward
    try:
        yield
    finally:
        torch.Tensor.backward = whole
