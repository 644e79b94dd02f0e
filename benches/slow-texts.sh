#!/usr/bin/env bash
# Seconds that each command takes for texts of 256 kB made to be slow, and for a subject of 1 MB.
# usage: benches/slow-texts.sh
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
python3 - <<'PY'
import pathlib, subprocess, tempfile, time
amends = pathlib.Path.cwd() / "target/release/amends"
units = ["if late lost broken refund cancel rude ", "three weeks ", "late ", "not ", "WHY ", "why? ", "It is late. ", "#late ",
         "order 12345 ", "$12.50 ", "a\n", ",", "x", "1", "> ", "<div><b>", "Mr Smith ",
         "I waited three weeks and nobody came because you cancelled it, "]
texts = [(unit.strip()[:24], (unit * (262144 // len(unit) + 1))[:262144].encode(), "txt") for unit in units]
subject = ("late refund broken " * 60000)[:1000000]
texts.append(("a subject of 1 MB", f"From: a@b.example\nSubject: {subject}\n\nhello\n".encode(), "eml"))
worst = 0
with tempfile.TemporaryDirectory() as folder:
    for name, text, ending in texts:
        file = pathlib.Path(folder) / f"text.{ending}"
        file.write_bytes(text)
        row = []
        for command in ("extract", "classify", "draft", "explain", "lint"):
            began = time.perf_counter()
            subprocess.run([amends, command, file], cwd=folder, capture_output=True)
            row.append(time.perf_counter() - began)
        worst = max(worst, *row)
        print(f"{name!r:28}" + "".join(f"{seconds:7.2f}" for seconds in row))
print(f"worst {worst:.2f} s")
PY
