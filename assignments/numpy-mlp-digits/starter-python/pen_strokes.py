"""Given. Digits as a pen draws them: strokes on the unit square, each digit by another hand, and their pixels."""

import numpy as np


def arc(x, y, rx, ry, start, end):
    """An arc around (x, y) from one angle to another, in quarter turns, clockwise from the right because y points down."""
    angles = np.linspace(start, end, 9) * np.pi / 2
    return np.stack([x + rx * np.cos(angles), y + ry * np.sin(angles)], axis=1)


def line(*points):
    return np.array(points)


# Every digit in one or more handwritings, x to the right and y down, both from 0 to 1.
HANDWRITINGS = [
    [[arc(0.5, 0.5, 0.28, 0.42, 0, 4)]],
    [
        [line((0.32, 0.26), (0.54, 0.08), (0.54, 0.92))],
        [line((0.5, 0.08), (0.5, 0.92)), line((0.32, 0.92), (0.68, 0.92))],
    ],
    [[arc(0.5, 0.3, 0.26, 0.22, -2, 0.5), line((0.7, 0.42), (0.24, 0.92), (0.78, 0.92))]],
    [[arc(0.46, 0.29, 0.26, 0.21, -1.8, 1), arc(0.46, 0.71, 0.28, 0.21, -1, 1.8)]],
    [
        [line((0.56, 0.08), (0.22, 0.6), (0.8, 0.6)), line((0.62, 0.36), (0.62, 0.92))],
        [line((0.26, 0.08), (0.26, 0.5), (0.74, 0.5)), line((0.72, 0.08), (0.72, 0.92))],
    ],
    [[line((0.74, 0.08), (0.32, 0.08), (0.3, 0.44)), arc(0.46, 0.66, 0.28, 0.26, -1.3, 1.7)]],
    [[line((0.62, 0.08), (0.34, 0.36), (0.25, 0.66)), arc(0.5, 0.69, 0.25, 0.23, 0, 4)]],
    [
        [line((0.22, 0.1), (0.78, 0.1), (0.44, 0.92))],
        [line((0.22, 0.1), (0.78, 0.1), (0.44, 0.92)), line((0.36, 0.5), (0.74, 0.5))],
    ],
    [[arc(0.5, 0.29, 0.22, 0.2, 0, 4), arc(0.5, 0.71, 0.26, 0.21, 0, 4)]],
    [[arc(0.5, 0.32, 0.24, 0.23, 0, 4), line((0.74, 0.34), (0.68, 0.66), (0.5, 0.92))]],
]


def draw_digit(rng, side, full, sharpness=None):
    """The next digit that `rng` draws: its pixels as whole numbers, side × side, and which of 0 to 9 it is."""
    digit = int(rng.integers(10))
    hands = HANDWRITINGS[digit]
    strokes = bend(hands[int(rng.integers(len(hands)))], rng)
    pen = 0.07 + 0.05 * rng.uniform()
    centres = (np.arange(side) + 0.5) / side
    at = np.stack(np.meshgrid(centres, centres), axis=-1).reshape(-1, 2)
    distance = np.min([distance_to(stroke, at) for stroke in strokes], axis=0)
    ink = 1 / (1 + np.exp((distance - pen) * (2.4 * side if sharpness is None else sharpness)))
    pixels = np.rint(full * np.clip(1.15 * ink - 0.06, 0, 1)).astype(int)
    return pixels.reshape(side, side), digit


def bend(strokes, rng, spread=0.9):
    """One random affine map for the whole digit, and a small wobble for every point."""
    turn, slant = spread * 0.16 * rng.normal(size=2)
    wide, high = 1 + spread * np.array([0.12, 0.07]) * rng.normal(size=2)
    move = spread * np.array([0.05, 0.035]) * rng.normal(size=2)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    shear = np.array([[wide, 0.0], [-slant, high]])
    return [
        0.5 + move + ((stroke - 0.5) @ shear + spread * 0.018 * rng.normal(size=stroke.shape)) @ rotation
        for stroke in strokes
    ]


def distance_to(stroke, at):
    """The distance of points from a line of straight pieces."""
    pieces = []
    for a, b in zip(stroke[:-1], stroke[1:]):
        along = b - a
        length = along @ along
        t = np.clip((at - a) @ along / length, 0, 1) if length > 0 else np.zeros(len(at))
        pieces.append(np.hypot(*(at - a - t[:, None] * along).T))
    return np.min(pieces, axis=0)
