"""
Stands in for torchvision as far as sheets use it: data sets of grey images, which fetch nothing and hold the tables that the grader
hands over, and the transforms that make tensors of them.
"""

import sys
import types

import stubs
from handed import handed
from made_tables import pictures

try:
    import numpy
except ImportError:  # a process that only reads source has none
    numpy = None
torch = sys.modules.get("torch")
Dataset = torch.utils.data.Dataset if torch is not None else object
FASHION = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]


class MNIST(Dataset):
    """Images of one part with their labels; `root` and `download` are of no account."""

    classes = [str(digit) for digit in range(10)]

    def __init__(self, root=None, train=True, transform=None, target_transform=None, download=False):
        self.root, self.train, self.transform, self.target_transform = root, train, transform, target_transform
        table = handed("train" if train else "test")
        images, labels = pictures(1 if train else 2) if table is None else (table["images"], table["labels"])
        self.data = torch.from_numpy(numpy.array(images, dtype="uint8").reshape(-1, 28, 28))
        self.targets = torch.from_numpy(numpy.array(labels, dtype="int64").ravel())

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        image, target = self.data[index].numpy(), int(self.targets[index])
        image = image if self.transform is None else self.transform(image)
        return image, target if self.target_transform is None else self.target_transform(target)

    def __getitems__(self, indices):
        """The items of a batch, as loaders ask for them: the same that each by itself would be, at a tenth of the cost."""
        parts = _one_by_one(self.transform)
        if type(self).__getitem__ is not MNIST.__getitem__ or parts is None or not indices or self.data.dtype is not torch.uint8:
            return [self[index] for index in indices]
        images = self.data[list(indices)].unsqueeze(1)
        for part in parts:
            images = part.of_tensors(images)
        targets = [int(target) for target in self.targets[list(indices)]]
        return list(zip(images.unbind(), targets if self.target_transform is None else map(self.target_transform, targets)))


class FashionMNIST(MNIST):
    """The same, with garments for digits."""

    classes = FASHION


def _one_by_one(transform):
    """The transforms that make up this one, where all of them treat every image alike and apart from the others; None otherwise."""
    parts = list(transform.transforms) if type(transform) is Compose else [transform]
    first, rest = parts[:1], parts[1:]
    known = all(type(part) in (ToTensor, PILToTensor) for part in first) and all(type(part) is Normalize for part in rest)
    return parts if first and known else None


class Compose:
    """One transform after the other."""

    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, image):
        for transform in self.transforms:
            image = transform(image)
        return image


class ToTensor:
    """Bytes as numbers from 0 to 1, channels first; what is no bytes keeps its values."""

    def __call__(self, image):
        array = numpy.asarray(image)
        return self.of_tensors(torch.from_numpy(numpy.ascontiguousarray(array[None] if array.ndim == 2 else array.transpose(2, 0, 1))))

    def of_tensors(self, made):
        return made.to(torch.get_default_dtype()) / 255 if made.dtype is torch.uint8 else made


class PILToTensor:
    """Bytes as they are, channels first."""

    def __call__(self, image):
        array = numpy.asarray(image)
        return torch.from_numpy(numpy.ascontiguousarray(array[None] if array.ndim == 2 else array.transpose(2, 0, 1)))

    def of_tensors(self, made):
        return made


class Normalize:
    """Mean and deviation of each channel."""

    def __init__(self, mean, std, inplace=False):
        self.mean, self.std = mean, std

    def __call__(self, tensor):
        mean, std = (torch.as_tensor(side, dtype=tensor.dtype).reshape(-1, 1, 1) for side in (self.mean, self.std))
        return (tensor - mean) / std

    of_tensors = __call__


class ToImage(PILToTensor):
    """The same under the name that the second version of transforms has for it."""


class ToDtype:
    """Another type; bytes become shares where it says so."""

    def __init__(self, dtype, scale=False):
        self.dtype, self.scale = dtype, scale

    def __call__(self, tensor):
        whole = self.scale and tensor.dtype is torch.uint8 and self.dtype.is_floating_point
        # Who writes the usual type computes in the one in which the library makes its own.
        dtype = torch.get_default_dtype() if self.dtype is torch.float32 else self.dtype
        return tensor.to(dtype) / 255 if whole else tensor.to(dtype)

    of_tensors = __call__


class Lambda:
    """A function as a transform."""

    def __init__(self, lambd):
        self.lambd = lambd

    def __call__(self, image):
        return self.lambd(image)


def _module(name, *parts, **more):
    module = types.ModuleType(name)
    vars(module).update({part.__name__: part for part in parts}, **more)
    return module


def _absent(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return stubs.stand_in(f"torchvision.{name}", False)


datasets = _module("torchvision.datasets", MNIST, FashionMNIST)
FIRST = (Compose, ToTensor, PILToTensor, Normalize, Lambda)
second = _module("torchvision.transforms.v2", *FIRST, ToImage, ToDtype)
transforms = _module("torchvision.transforms", *FIRST, v2=second)
MODULES = {
    "torchvision.py": _module("torchvision", datasets=datasets, transforms=transforms, __version__="0", __getattr__=_absent),
    "torchvision_datasets.py": datasets,
    "torchvision_transforms.py": transforms,
    "torchvision_transforms_v2.py": second,
}
