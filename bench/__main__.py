"""Run every bench, each in a process of its own so that none warms another: `make bench`."""

import subprocess
import sys

BENCHES = ("signals", "engine", "recompute", "imports", "million", "workers", "street", "scorecard", "paper", "audit")

if __name__ == "__main__":
    failed = []
    for name in BENCHES:
        print(f"--- {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"FAILED: {', '.join(failed)}")
        sys.exit(1)
