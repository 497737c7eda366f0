"""Task T2: the given network on the given images."""


def run_baseline(data, layer_config, batch_size, epochs, eta, init_sd, rng):
    """Cuts data["train"] and data["test"] (images, labels) into batches, trains a network, and returns what evaluate gives."""
    raise NotImplementedError("T2 is not implemented yet")
