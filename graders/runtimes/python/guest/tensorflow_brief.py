"""
Trainings that are run for their plots alone: every round of a `fit` is one batch. A graph takes longer to make than so few steps
take without one.
"""

import contextlib

import keras


@contextlib.contextmanager
def brief():
    """Meanwhile every `fit` is; what is evaluated or predicted outside of one is whole."""
    own = keras.Model.fit

    def fit(self, *args, **keywords):
        self.run_eagerly = True
        before = keras.config.max_steps_per_epoch()
        keras.config.set_max_steps_per_epoch(1)
        try:
            return own(self, *args, **keywords)
        finally:
            keras.config.set_max_steps_per_epoch(before)

    keras.Model.fit = fit
    try:
        yield
    finally:
        keras.Model.fit = own
