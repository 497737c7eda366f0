"""Question 1b: a small regression network, stopped when the validation MAE no longer improves."""

from tensorflow import keras

LEARNING_RATE = 1e-3
MOMENTUM = 0.9


def build_model(n_features):
    """features-32-16-1, swish in the hidden layers; SGD with Nesterov momentum on the squared error."""
    model = keras.Sequential([
        keras.layers.Input((n_features,)),
        keras.layers.Dense(32, activation="swish"),
        keras.layers.Dense(16, activation="swish"),
        keras.layers.Dense(1),
    ])
    optimizer = keras.optimizers.SGD(learning_rate=LEARNING_RATE, momentum=MOMENTUM, nesterov=True)
    model.compile(optimizer=optimizer, loss="mse", metrics=["mae"])
    return model


def train(model, train, val, epochs=300, patience=30):
    """Trains until the validation MAE has not improved for `patience` epochs, then puts the best weights back."""
    early_stopping = keras.callbacks.EarlyStopping(
        monitor="val_mae", mode="min", patience=patience, restore_best_weights=True
    )
    history = model.fit(train, epochs=epochs, validation_data=val, callbacks=[early_stopping], verbose=0).history
    val_mae = history["val_mae"]
    best = val_mae.index(min(val_mae))
    return {
        "history": {"loss": history["loss"], "val_loss": history["val_loss"], "mae": history["mae"], "val_mae": val_mae},
        "best_epoch": best,
        "stopped_epoch": len(val_mae) - 1,
        "best": {"mse": history["val_loss"][best], "mae": val_mae[best]},
    }
