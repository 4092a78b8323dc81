"""Pack a trained reader into the one file that is shipped.

python -m training.reader.pack --encoder encoder.npz --run run --out reader.npz
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from training.reader.model.weights import save_reader
from training.reader.train import make_network


def main() -> None:
    """Write the file and print its size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    told = json.loads((arguments.run / "arguments.json").read_text("utf-8"))
    network, _ = make_network(arguments.encoder, None if told["layers"] == "None" else int(told["layers"]))
    network.load_state_dict(torch.load(arguments.run / "network.pt", weights_only=False)["network"])
    arrays = np.load(arguments.encoder)
    facts = {"selection": told["selection"], "epochs": told["epochs"]}
    save_reader(arguments.out, network, arrays["pieces"].tolist(), arrays["scores"], facts)
    print(f"{arguments.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
