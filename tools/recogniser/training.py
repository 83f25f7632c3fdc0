"""Gradients and updates for the recogniser's network, in numpy."""

from __future__ import annotations

import random
import time

import numpy as np
from dataset import LABELS, Data
from sequences import chain_gradients

from entnorm.mentions._recogniser_features import LEXICAL_ROWS
from entnorm.mentions._recogniser_network import DEPTH, KNOWLEDGE, LETTERS, WIDTH, neighbours, normalise

Weights = dict[str, np.ndarray]
BATCH_WORDS = 1500
RATE = 2e-3
#: The share of the training after which the rate falls to nothing and the weights are averaged.
STEADY = 0.5
_AVERAGE_FROM, _AVERAGE_EVERY = 0.8, 10
#: Weight of the gate's loss beside that of the labels.
GATE = 0.15
DROPOUT, DROP_WORD, DROP_LETTERS, DROP_FEATURE = 0.15, 0.25, 0.06, 0.08


def initial(features: int, rng: np.random.Generator) -> Weights:
    """Weights before training."""
    weights: Weights = {
        "letters": rng.normal(0, 0.1, (LEXICAL_ROWS, LETTERS)),
        "knowledge": rng.normal(0, 0.25, (features, KNOWLEDGE)),
        "gain0": np.ones(WIDTH), "bias0": np.zeros(WIDTH),
        "out_w": np.zeros((WIDTH, len(LABELS))), "out_b": np.zeros(len(LABELS)),
        "follows": np.zeros((len(LABELS), len(LABELS))), "begins": np.zeros(len(LABELS)),
    }  # fmt: skip
    for layer in range(1, DEPTH + 1):
        weights[f"w{layer}"] = rng.normal(0, (1 / (3 * WIDTH)) ** 0.5, (3 * WIDTH, 2 * WIDTH))
        weights[f"b{layer}"] = np.zeros(2 * WIDTH)
        weights[f"gain{layer}"], weights[f"bias{layer}"] = np.full(WIDTH, 0.5), np.zeros(WIDTH)
    weights["gate"] = np.zeros(3 * WIDTH + 1)
    weights["knowledge"][0] = 0
    return {name: value.astype(np.float32) for name, value in weights.items()}


class Batch:
    """Sequences with a zero row between them."""

    def __init__(self, data: Data, chosen: list[int]) -> None:
        index = np.concatenate([np.append(np.arange(data.bounds[i], data.bounds[i + 1]), -1) for i in chosen])
        self.real = index >= 0
        self.mask = self.real.astype(np.float32)[:, None]
        self.lengths = np.array([data.bounds[i + 1] - data.bounds[i] for i in chosen])
        words = index[self.real]
        self.label = data.label[words].astype(np.int64)
        self.place = data.place[words]
        self.types, self.inverse = np.unique(data.types[words], return_inverse=True)
        self.lexical = data.lexical[self.types]
        starts, stops = data.know_bounds[self.types], data.know_bounds[self.types + 1]
        self.sizes = stops - starts
        self.know = np.concatenate([data.know[a:b] for a, b in zip(starts, stops, strict=True)])
        self.know_starts = np.concatenate(([0], np.cumsum(self.sizes)[:-1]))


def _row_sums(ids: np.ndarray, values: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct ids and the sums of ``values[owner]`` over each."""
    order = np.argsort(ids, kind="stable")
    ranked = ids[order]
    starts = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    return ranked[starts], np.add.reduceat(values[owner[order]], starts, axis=0)


def _denormalise(grad: np.ndarray, gain: np.ndarray, rows: np.ndarray, scale: np.ndarray) -> np.ndarray:
    d = grad * gain
    return (d - d.mean(axis=1, keepdims=True) - rows * (d * rows).mean(axis=1, keepdims=True)) * scale


def _unneighbours(grad: np.ndarray) -> np.ndarray:
    out = grad[:, WIDTH : 2 * WIDTH].copy()
    out[:-1] += grad[1:, :WIDTH]
    out[1:] += grad[:-1, 2 * WIDTH :]
    return out


def _drop(shape: tuple[int, ...], rate: float, rng: np.random.Generator) -> np.ndarray:
    return (rng.random(shape, dtype=np.float32) >= rate).astype(np.float32)


def _table_gradients(
    batch: Batch, dx: np.ndarray, keep_letters: np.ndarray, keep_know: np.ndarray
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Gradients of the letter and the knowledge table as ``(rows, values)``, from those of the words' inputs."""
    by_type, sums = _row_sums(batch.inverse, dx, np.arange(len(dx)))
    assert len(by_type) == len(batch.types)
    live = keep_letters.ravel() > 0
    owner = np.repeat(np.arange(len(batch.types)), batch.lexical.shape[1])
    letters = _row_sums(batch.lexical.ravel()[live], sums[:, :LETTERS], owner[live])
    fired = keep_know.ravel() > 0
    owner = np.repeat(np.arange(len(batch.types)), batch.sizes)[fired]
    ids = np.concatenate((batch.know[fired], batch.place.ravel()))
    owners = np.concatenate((owner, len(batch.types) + np.repeat(np.arange(len(dx)), batch.place.shape[1])))
    knowledge = _row_sums(ids, np.concatenate((sums[:, LETTERS:], dx[:, LETTERS:])), owners)
    return letters, knowledge


def inputs(batch: Batch, letters: np.ndarray, known: np.ndarray, w: Weights) -> np.ndarray:
    """Feature sums of the words of a batch, from those of the letters and the knowledge of their types."""
    x = np.zeros((len(batch.real), WIDTH), dtype=np.float32)
    x[batch.real, :LETTERS] = letters[batch.inverse]
    x[batch.real, LETTERS:] = known[batch.inverse] + w["knowledge"][batch.place].sum(axis=1)
    return x


def layer_values(wide: np.ndarray, w: Weights, layer: int) -> tuple[np.ndarray, ...]:
    """Where the first of a layer's two maps is the larger, and what :func:`normalise` makes of the larger."""
    z = wide @ w[f"w{layer}"] + w[f"b{layer}"]
    first = z[:, :WIDTH] >= z[:, WIDTH:]
    larger = np.where(first, z[:, :WIDTH], z[:, WIDTH:])
    return first, *normalise(larger, w[f"gain{layer}"], w[f"bias{layer}"])


def gate_points(wide: np.ndarray, gate: np.ndarray) -> np.ndarray:
    """Points at the gate, by the first layer's rows of each word and its neighbours."""
    return wide @ gate[:-1] + gate[-1]


def _gate_gradient(asked: np.ndarray, batch: Batch, gate: np.ndarray) -> np.ndarray:
    """Gradient of the gate's points: the first layer learns to tell what is no name, too (a logistic loss)."""
    p = 1 / (1 + np.exp(-gate_points(asked, gate)))
    p[batch.real] -= batch.label > 0
    gradient: np.ndarray = p * batch.mask[:, 0] * np.float32(GATE / len(batch.label))
    return gradient


def step(batch: Batch, w: Weights, rng: np.random.Generator) -> tuple[float, dict]:
    """Loss of a batch and the gradients; those of the two tables are ``(rows, values)``."""
    keep_letters = np.ones(batch.lexical.shape, dtype=np.float32)
    keep_letters[:, :2] = _drop((len(batch.types), 1), DROP_WORD, rng)
    keep_letters *= _drop((len(batch.types), 1), DROP_LETTERS, rng)
    letters = np.einsum("urd,ur->ud", w["letters"][batch.lexical], keep_letters)
    keep_know = _drop((len(batch.know), 1), DROP_FEATURE, rng)
    known = np.add.reduceat(w["knowledge"][batch.know] * keep_know, batch.know_starts, axis=0)
    h, rows0, scale0 = normalise(inputs(batch, letters, known, w), w["gain0"], w["bias0"])
    h *= batch.mask
    saved = []
    for layer in range(1, DEPTH + 1):
        keep = _drop(h.shape, DROPOUT, rng) / np.float32(1 - DROPOUT)
        wide = neighbours(h * keep)
        first, y, rows, scale = layer_values(wide, w, layer)
        saved.append((keep, wide, first, rows, scale))
        h = h + y * batch.mask
        if layer == 1:
            asked = neighbours(h)
    top = h[batch.real]
    scores = top @ w["out_w"] + w["out_b"]
    loss, p, follows, begins = chain_gradients(scores, batch.lengths, batch.label, w["follows"], w["begins"])
    grads: dict = {"out_w": top.T @ p, "out_b": p.sum(axis=0), "follows": follows, "begins": begins}
    d = np.zeros_like(h)
    d[batch.real] = p @ w["out_w"].T
    of_gate = _gate_gradient(asked, batch, w["gate"])
    grads["gate"] = np.append(of_gate @ asked, of_gate.sum())
    for layer in range(DEPTH, 0, -1):
        if layer == 1:
            d = d + _unneighbours(np.outer(of_gate, w["gate"][:-1]))
        keep, wide, first, rows, scale = saved[layer - 1]
        dy = d * batch.mask
        grads[f"gain{layer}"], grads[f"bias{layer}"] = (dy * rows).sum(axis=0), dy.sum(axis=0)
        dm = _denormalise(dy, w[f"gain{layer}"], rows, scale)
        dz = np.concatenate((dm * first, dm * ~first), axis=1)
        grads[f"w{layer}"], grads[f"b{layer}"] = wide.T @ dz, dz.sum(axis=0)
        d = d + _unneighbours(dz @ w[f"w{layer}"].T) * keep
    d *= batch.mask
    grads["gain0"], grads["bias0"] = (d * rows0).sum(axis=0), d.sum(axis=0)
    dx = _denormalise(d, w["gain0"], rows0, scale0)[batch.real]
    grads["letters"], grads["knowledge"] = _table_gradients(batch, dx, keep_letters, keep_know)
    return loss, grads


class Adam:
    """Adam; rows of tables that a batch does not touch rest."""

    def __init__(self, weights: Weights) -> None:
        self._w = weights
        self._m = {k: np.zeros_like(v) for k, v in weights.items()}
        self._v = {k: np.zeros_like(v) for k, v in weights.items()}
        self._t = 0

    def update(self, grads: dict, rate: float) -> None:
        """Take one step."""
        self._t += 1
        size = rate * (1 - 0.999**self._t) ** 0.5 / (1 - 0.9**self._t)
        for name, grad in grads.items():
            at: object = slice(None)
            if isinstance(grad, tuple):
                at, grad = grad
            m = self._m[name][at] * np.float32(0.9) + grad * np.float32(0.1)
            v = self._v[name][at] * np.float32(0.999) + np.square(grad) * np.float32(0.001)
            self._m[name][at], self._v[name][at] = m, v
            self._w[name][at] -= np.float32(size) * m / (np.sqrt(v) + np.float32(1e-7))
        self._w["knowledge"][0] = 0


def batches(data: Data, weights: list[float], rng: random.Random) -> list[list[int]]:
    """One epoch of sequences in random order, cut into batches of some words."""
    order: list[int] = []
    for i, source in enumerate(data.source):
        weight = weights[source]
        order += [i] * (int(weight) + (rng.random() < weight % 1))
    rng.shuffle(order)
    out, batch, words = [], [], 0
    for i in order:
        batch.append(i)
        words += int(data.bounds[i + 1] - data.bounds[i])
        if words >= BATCH_WORDS:
            out.append(batch)
            batch, words = [], 0
    return out


def train(data: Data, sources: list[float], epochs: float, seed: int) -> Weights:
    """Weights after ``epochs`` passes."""
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    weights = initial(len(data.features), noise)
    adam = Adam(weights)
    average = {k: np.zeros(v.shape, dtype=np.float32) for k, v in weights.items()}
    plan: list[list[int]] = []
    per_epoch = len(batches(data, sources, rng))
    total = int(per_epoch * epochs)
    averaged, loss_sum, began = 0, 0.0, time.process_time()
    for n in range(total):
        if not plan:
            plan = batches(data, sources, rng)
        done = n / total
        rate = RATE * min(1.0, (n + 1) / 300, (1 - done) / (1 - STEADY) + 0.02)
        loss, grads = step(Batch(data, plan.pop()), weights, noise)
        adam.update(grads, rate)
        loss_sum += loss
        if done > _AVERAGE_FROM and n % _AVERAGE_EVERY == 0:
            averaged += 1
            for k, v in weights.items():
                average[k] += (v - average[k]) / averaged
        if (n + 1) % 200 == 0:
            print(f"{n + 1}/{total} loss {loss_sum / 200:.4f} cpu {time.process_time() - began:.0f} s", flush=True)
            loss_sum = 0.0
    return average if averaged else weights
