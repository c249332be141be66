"""The browser files kept with the project are the ones recorded, and carry nothing that is not ours to use."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static/vendor"


def test_every_vendored_file_is_recorded_and_as_recorded():
    done = subprocess.run([sys.executable, ROOT / "bin/vendor", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "static/vendor is as VENDORED.txt records.")
    recorded = set(re.findall(r"^[0-9a-f]{64}  (\S+)$", (VENDOR / "VENDORED.txt").read_text(), re.M))
    kept = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert kept - recorded == {"VENDORED.txt", "govuk-frontend/LICENCE.txt"}


def test_design_system_has_lost_its_typeface_its_crest_and_its_maps():
    css = (VENDOR / "govuk-frontend/govuk-frontend.min.css").read_text()
    assert re.findall(r"@font-face|GDS Transport|crest|url\(/|sourceMappingURL", css) == []


def test_style_sheet_asks_for_no_file_that_is_not_there():
    css = ROOT / "static/css/site.css"
    wanted = [css.parent / name for name in re.findall(r'url\("([^"]+)"\)', css.read_text())]
    assert len(wanted) == 4
    assert [str(path) for path in wanted if not path.is_file()] == []
