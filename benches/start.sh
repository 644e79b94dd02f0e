#!/usr/bin/env bash
# How long one mail takes from start to draft, in milliseconds: medians beside /bin/true, for the
# built-in phrasebook, `init`'s overlay and this repository's folder, on the first run and later.
# usage: benches/start.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
python3 - "${1:-40}" <<'PY'
import os, pathlib, shutil, statistics, subprocess, sys, tempfile, time
runs, top = int(sys.argv[1]), pathlib.Path.cwd()
mail = (top / "tests/letters/late-boots.eml").read_bytes()
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    # A copy: the pages of a file just linked lie one by one in the page cache.
    amends = shutil.copy(top / "target/release/amends", folder / "amends")
    for name in ("empty", "own"):
        (folder / name).mkdir()
    subprocess.run([amends, "phrasebook", "init"], cwd=folder / "own", capture_output=True, check=True)
    cases = [
        ("/bin/true", ["/bin/true"], folder / "empty", None),
        ("built-in", [amends], folder / "empty", None),
        ("overlay, first run", [amends], folder / "own", "first"),
        ("overlay, later", [amends], folder / "own", "later"),
        ("this folder, first run", [amends], top, "first"),
        ("this folder, later", [amends], top, "later"),
    ]
    took = {name: [] for name, *_ in cases}
    def time_once(name, command, where, cache):
        if cache == "first":
            shutil.rmtree(folder / "first", ignore_errors=True)
        env = {**os.environ, "HOME": str(folder), "AMENDS_CACHE": str(folder / cache) if cache else "off"}
        began = time.perf_counter()
        subprocess.run(command, cwd=where, env=env, input=mail, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took[name].append((time.perf_counter() - began) * 1000)
    # First runs apart: compiling leaves cold caches for whatever is timed next.
    for first in (False, True):
        for _ in range(runs):
            for case in cases:
                if (case[3] == "first") == first:
                    time_once(*case)
    for name, times in took.items():
        print(f"{name:24}{statistics.median(times):7.2f} ms   ({min(times):.2f} to {max(times):.2f}, {runs} runs)")
PY
