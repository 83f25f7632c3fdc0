"""Make the recogniser's model: ``python tools/recogniser/train.py CORPORA_FOLDER``.

One command for everything in ``src/entnorm/mentions/model``: builds the word filters, fills the sentence templates,
reads the written texts, marks what the compiled index and the name tables know of the words, trains the network on one
core, writes its weights in eight bits and checks them on texts kept aside. Corpora, weights and passes are in
``model.toml``.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import tomllib
from pathlib import Path

import generate
import numpy as np
from check import scores
from dataset import LABELS, Builder, joined, read_rows
from gate import set_bar
from texts import languages, read_texts
from training import Weights, train

import build_words

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
INDEX = ROOT / "src/entnorm/_index"
MODEL = ROOT / "src/entnorm/mentions/model"
#: One text in so many is kept aside for the check, and the exact F1 that a sound model reaches on these.
_ASIDE, SOUND = 50, 0.6


def save(weights: Weights, features: list[str], folder: Path, facts: dict) -> None:
    """Write ``weights.npz`` (matrices in eight bits with a scale a row) and ``model.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {}
    for name, value in weights.items():
        if value.ndim == 2 and name != "follows":
            scale = np.abs(value).max(axis=1, keepdims=True) / 127 + 1e-12
            arrays[name] = np.rint(value / scale).astype(np.int8)
            arrays[f"{name}.scale"] = scale[:, 0].astype(np.float16 if name == "letters" else np.float32)
        else:
            arrays[name] = value
    np.savez_compressed(folder / "weights.npz", **arrays)
    described = {"format": 1, "labels": list(LABELS), "features": features, **facts}
    (folder / "model.json").write_text(json.dumps(described, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def collect(corpora: dict[Path, float], builder: Builder, rng: random.Random) -> list[dict]:
    """Give the texts to the builder, all but those kept aside, which are returned."""
    aside: list[dict] = []
    for number, path in enumerate(corpora):
        for n, row in enumerate(joined(read_rows(path), rng)):
            if n % _ASIDE == 0:
                aside.append(row)
            else:
                builder.add(row, number, rng)
        print(f"{path.name}: {builder.words:,} words so far", flush=True)
    return aside


def add_texts(builder: Builder, first: int, seed: int) -> list[str]:
    """Give the written texts to the builder, each language a source of its own from number ``first``; the languages."""
    for number, lang in enumerate(languages(), first):
        rng = random.Random(f"{seed} {lang}")
        for row in joined(read_texts(lang, rng), rng):
            builder.add(row, number, rng)
    print(f"texts: {builder.words:,} words so far", flush=True)
    return languages()


def main() -> None:
    """Read the arguments and the plan, and carry it out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("-o", "--out", type=Path, default=MODEL)
    parser.add_argument("--plan", type=Path, default=HERE / "model.toml")
    parser.add_argument("--index", type=Path, default=INDEX, help="folder with the compiled core and names")
    args = parser.parse_args()
    plan = tomllib.loads(args.plan.read_text(encoding="utf-8"))
    seed, rng = plan["seed"], random.Random(plan["seed"])
    corpora = {args.corpora / name: float(weight) for name, weight in plan["corpora"].items()}
    if missing := [str(path) for path in corpora if not path.is_file()]:
        parser.error(f"no such corpora: {', '.join(missing)}")
    build_words.build(args.out)
    builder = Builder(args.index / "core", args.index / "names", args.out)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "templates.jsonl"
        generate.write(made, plan["per_template"], seed)
        corpora[made] = plan["templates"]
        aside = collect(corpora, builder, rng)
    shown = plan["texts"]
    sources = [*corpora.values(), *(shown.get(lang, shown["other"]) for lang in add_texts(builder, len(corpora), seed))]
    data = builder.build()
    trained = train(data, sources, plan["epochs"], seed)
    set_bar(data, sources, trained, seed)
    save(trained, data.features, args.out, {"plan": plan, "licence": "CC-BY-SA-4.0"})
    f1 = scores(aside, args.out, args.index)
    print(*(f"{lang}: exact F1 {value:.3f}" for lang, value in f1.items()), sep="\n")
    if f1["all"] < SOUND:
        raise SystemExit(f"the model is not sound: {f1['all']:.3f} on the texts kept aside, {SOUND} expected")


if __name__ == "__main__":
    main()
