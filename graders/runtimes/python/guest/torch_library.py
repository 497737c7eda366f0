"""PyTorch as the guest knows it: tensors on their way in and out, models, and seeds."""

import contextlib

import torch

import torch_calm
import torch_models
import torch_trainings

DTYPES = {"int32": torch.int64, "uint8": torch.uint8, "bool": torch.bool}


class Torch:
    """Everything that the rest of the guest asks of the library."""

    # What it knows of the parts of a loop that trains.
    role_of = staticmethod(torch_trainings.role_of)
    without_steps = staticmethod(torch_trainings.without_steps)

    def __init__(self):
        torch_calm.calm()

    def extent(self, name):
        """The library is there as a whole: of no sheet's tasks in PyTorch is a derivative asked that has to be one's own."""

    def precision(self, name):
        """In `double` all that is made without a type is, and who says `float32` stays there."""
        torch.set_default_dtype(torch.float64 if name == "double" else torch.float32)

    def watch(self):
        """Nothing is forbidden of it, so nothing is watched."""

    def used(self):
        return None, None

    def tell_inputs(self, model, columns):
        """Layers are made with their sizes."""

    def attribute(self, model, name):
        return None

    def seed(self, seed):
        torch.manual_seed(seed)

    def brief(self):
        """Trainings are loops of a program's own here, which are shortened where they stand."""
        return contextlib.nullcontext()

    def is_tensor(self, x):
        return issubclass(type(x), torch.Tensor)

    def numbers(self, x):
        """Container and numbers of a tensor; a text where it cannot be carried."""
        container = "variable" if issubclass(type(x), torch.nn.Parameter) else "tensor"
        plain = torch.Tensor.detach(x)
        if plain.layout is not torch.strided or plain.is_quantized:
            return container, f"a tensor in the layout {plain.layout}"
        if plain.is_complex():
            return container, "a tensor of complex numbers"
        plain = plain.resolve_neg().cpu()
        return container, (plain.float() if plain.dtype in (torch.bfloat16, torch.float16) else plain).numpy()

    def tensor(self, array, container, dtype):
        """Whole numbers as the library counts with them; real ones in the precision in which it makes its own."""
        made = torch.from_numpy(array).to(DTYPES.get(dtype, torch.get_default_dtype()))
        return torch.nn.Parameter(made) if container == "variable" else made

    def plain(self, x):
        return None

    def is_model(self, x):
        return issubclass(type(x), torch.nn.Module)

    def describe(self, model, carry):
        """What a model is, in words that know no library; `carry` makes a value of the wire of an array; None where weights are not asked for."""
        return torch_models.describe(model, carry)

    def method(self, model, name):
        """What the grader asks of every model, under the grader's own names; None for anything else."""
        if self.is_tensor(model):
            return model.clone if name == "clone" else None
        return {"setWeights": torch_models.setter(model), "predict": torch_models.predictor(model)}.get(name)

    def build(self, plan):
        """A model from the plan of its layers, with these weights."""
        return torch_models.build(plan)
