"""1.4c: your function of 1.2 as a layer without parameters."""


class ReLU:
    def forward(self, x):
        """The output for every row of x."""
        raise NotImplementedError("1.4c is not implemented yet")

    def backward(self, x, dy):
        """The gradient of x, from the input x of the layer and dy."""
        raise NotImplementedError("1.4c is not implemented yet")

    def step(self, step_size):
        """There is nothing to learn here; it has to be there all the same."""
        raise NotImplementedError("1.4c is not implemented yet")
