"""What explains the signals held, packed: no page is without its numbers until the signals are next worked out."""

import struct

from django.db import migrations

AT_ONCE = 2_000  # rows
STATISTICS = (
    "value",
    *(f"{rule}_{part}" for rule in ("r1", "r2", "r3") for part in ("mean", "sd", "months", "upper", "lower")),
    "r5_first",
    "r5_latest",
    *(f"{rule}_{part}" for rule in ("r4", "r4s", "r5", "r5c") for part in ("slope", "t", "p")),
    "r4_months",
    "season_doubt",
    *(f"r5c_ar_{part}" for part in ("slope", "t", "p", "correlation")),
)


def pack(apps, schema_editor):
    signals = apps.get_model("measures", "TrendSignal").objects
    last = 0
    while held := list(signals.filter(pk__gt=last).order_by("pk").only("statistics", "numbers")[:AT_ONCE]):
        for signal in held:
            numbers = [float(signal.statistics.get(name, "nan")) for name in STATISTICS]
            signal.numbers = struct.pack(f"<{len(numbers)}d", *numbers)
        signals.bulk_update(held, ["numbers"], batch_size=200)
        last = held[-1].pk


class Migration(migrations.Migration):
    dependencies = [("measures", "0006_packed_statistics")]

    operations = [migrations.RunPython(pack, migrations.RunPython.noop, elidable=True)]
