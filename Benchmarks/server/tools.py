"""What the parts of the benchmark share: where things are, how often is measured, how results are told."""

import os
import shutil
import socket
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = Path(os.environ.get("BENCH_CACHE", Path.home() / ".cache/interlink-swift-sdk"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "2"))
PODS = int(os.environ.get("BENCH_PODS", "10000"))


def tool(name, advice):
    found = shutil.which(name) or shutil.which(name, path=f"{CACHE}/venv/bin:/usr/sbin")
    if not found:
        sys.exit(f"{name} is missing: {advice}")
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def result(name, value, unit):
    print(f"result {name} {value} {unit}")


def busy_ticks():
    """The time that all processors were busy."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return sum(fields) - fields[3] - fields[4]
