"""Task T3: the same training with several learning rates."""


def run_rates(data, etas, layer_config, batch_size, epochs, init_sd, rng):
    """A list with one log for each learning rate, in their order, each from a fresh network."""
    raise NotImplementedError("T3 is not implemented yet")
