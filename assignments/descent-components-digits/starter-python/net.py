"""Given. A container for layers; it answers to the same three calls as a layer: forward, backward, step."""


class Net:
    """Layers applied one after the other."""

    def __init__(self, layers):
        self.layers = layers

    def forward(self, x):
        """The output for a mini-batch: one row for each example."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, x, dy):
        """Runs forward once more to have the input of every layer, then hands the gradient back from the last to the first."""
        inputs = []
        for layer in self.layers:
            inputs.append(x)
            x = layer.forward(x)
        for layer, x in zip(reversed(self.layers), reversed(inputs)):
            dy = layer.backward(x, dy)
        return dy

    def step(self, step_size):
        """One step of gradient descent in every layer."""
        for layer in self.layers:
            layer.step(step_size)
