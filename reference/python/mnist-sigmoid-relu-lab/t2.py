"""Task T2, model solution: the given network on the given images."""

from batches import create_batches
from perceptron import MultiLayerPerceptron


def run_baseline(data, layer_config, batch_size, epochs, eta, init_sd, rng):
    """Cuts both sets into batches, builds a network with these options, trains it, and returns what training shows."""
    train = create_batches(data["train"]["images"], data["train"]["labels"], batch_size)
    test = create_batches(data["test"]["images"], data["test"]["labels"], batch_size)
    return MultiLayerPerceptron(layer_config, batch_size, rng, init_sd).evaluate(*train, *test, epochs=epochs, eta=eta)
