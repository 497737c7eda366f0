"""Task T3, model solution: one log for each learning rate; run_baseline builds a fresh network every time."""

from t2 import run_baseline


def run_rates(data, etas, layer_config, batch_size, epochs, init_sd, rng):
    """The logs in the order of the learning rates."""
    return [run_baseline(data, layer_config, batch_size, epochs, eta, init_sd, rng) for eta in etas]
