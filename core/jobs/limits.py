"""How long things may take before somebody does something about it. Tests shorten these through the environment."""

import os


def _seconds(name: str, default: float) -> float:
    return float(os.environ.get(name, default))


HEARTBEAT = _seconds("RECKONER_JOB_HEARTBEAT", 5)  # seconds between two signs of life of a running job
LAPSE = _seconds("RECKONER_JOB_LAPSE", 20)  # seconds without a sign of life after which its worker is taken for dead
SWEEP = _seconds("RECKONER_JOB_SWEEP", 10)  # seconds between two looks for lost work
PENDING = _seconds("RECKONER_JOB_PENDING", 20)  # seconds after which a message nobody took is sent again
RETRY = _seconds("RECKONER_JOB_RETRY", 5)  # seconds, times the attempts so far, before work that failed is tried again
REPORT = _seconds("RECKONER_JOB_REPORT", 0.5)  # seconds between two reports of progress
BROKER_PAUSE = _seconds("RECKONER_JOB_BROKER_PAUSE", 5)  # seconds without sending after the broker could not be reached
MAX_ATTEMPTS = 3
MAX_DOUBLINGS = 4  # of PENDING: a long queue must not fill the broker with copies of itself
KEPT = 90  # days a finished job stays readable
