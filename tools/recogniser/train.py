"""Train the recogniser: ``python tools/recogniser/train.py CORPUS.jsonl … -o src/entnorm/mentions/model``.

Reads the corpora and the generated sentences (``generate.py``), marks what the compiled index and the name tables know
of their words, trains the network on one core and writes its weights in eight bits. A corpus may be given a weight,
how often an epoch shows each of its sentences: ``de_news.jsonl=2``.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
from dataset import LABELS, Builder, Data, joined, read_rows
from training import Adam, Batch, Weights, initial, step

HERE = Path(__file__).resolve().parent
INDEX = HERE.parent.parent / "src/entnorm/_index"
BATCH_WORDS = 1500
RATE = 2e-3
#: The share of the training after which the rate falls to nothing and the weights are averaged.
STEADY = 0.5
_AVERAGE_EVERY = 10


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
        if done > 0.8 and n % _AVERAGE_EVERY == 0:
            averaged += 1
            for k, v in weights.items():
                average[k] += (v - average[k]) / averaged
        if (n + 1) % 200 == 0:
            print(f"{n + 1}/{total} loss {loss_sum / 200:.4f} cpu {time.process_time() - began:.0f} s", flush=True)
            loss_sum = 0.0
    return average if averaged else weights


def save(weights: Weights, features: list[str], folder: Path, facts: dict) -> None:
    """Write ``weights.npz`` (matrices in eight bits with a scale a row) and ``model.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {}
    for name, value in weights.items():
        if value.ndim == 2:
            scale = np.abs(value).max(axis=1, keepdims=True) / 127 + 1e-12
            arrays[name] = np.rint(value / scale).astype(np.int8)
            arrays[f"{name}.scale"] = scale[:, 0].astype(np.float16 if name == "letters" else np.float32)
        else:
            arrays[name] = value
    np.savez_compressed(folder / "weights.npz", **arrays)
    described = {"format": 1, "labels": list(LABELS), "features": features, **facts}
    (folder / "model.json").write_text(json.dumps(described, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments, build the data, train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", help="JSON Lines, with =WEIGHT")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--index", type=Path, default=INDEX, help="folder with the compiled core and names")
    parser.add_argument("--epochs", type=float, default=2.6)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    builder, rng, weights = Builder(args.index / "core", args.index / "names"), random.Random(args.seed), []
    for number, corpus in enumerate(args.corpora):
        path, _, weight = corpus.partition("=")
        weights.append(float(weight or 1))
        for row in joined(read_rows(Path(path)), rng):
            builder.add(row, number, rng)
    data = builder.build()
    trained = train(data, weights, args.epochs, args.seed)
    sources = [Path(corpus).name for corpus in args.corpora]
    save(trained, data.features, args.out, {"trained_on": sources, "epochs": args.epochs, "seed": args.seed})


if __name__ == "__main__":
    main()
