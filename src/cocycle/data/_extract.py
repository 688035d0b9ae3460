"""Make the bundled CSV files again from the wheels that they came from (see README.md).

pip download --no-deps reservoirpy==0.4.2 statsmodels==0.15.0
python -m cocycle.data._extract reservoirpy-0.4.2-*.whl statsmodels-0.15.0-*.whl OUTPUT_FOLDER
"""

import io
import re
import sys
import zipfile
from pathlib import Path

import numpy as np

LASER = "reservoirpy/datasets/santafe_laser.npy"
SUNSPOTS = "statsmodels/datasets/sunspots/src/sunspots_monthly.dat"
EL_NINO = "statsmodels/datasets/elnino/src/elnino.dat"
LAST_FINAL_YEAR = 2008  # the source calls the months after December 2008 preliminary


def laser(raw: bytes) -> str:
    """One integer a line."""
    values = np.load(io.BytesIO(raw)).ravel()
    return "intensity\n" + "".join(f"{int(v)}\n" for v in values)


def sunspots(raw: bytes) -> str:
    """Years by months to one row a month."""
    out = ["month,sunspots\n"]
    for line in raw.decode().splitlines():
        match = re.match(r"^(\d{4})((?:\s+\d+\.\d){12})\s*$", line)
        if match and int(match[1]) <= LAST_FINAL_YEAR:
            out += [f"{match[1]}-{month:02d},{value}\n" for month, value in enumerate(match[2].split(), 1)]
    return "".join(out)


def el_nino(raw: bytes) -> str:
    """The four temperatures, without the anomalies."""
    out = ["month,nino12,nino3,nino34,nino4\n"]
    for line in raw.decode().splitlines()[1:]:
        year, month, nino12, _, nino3, _, nino4, _, nino34, _ = line.split()
        out.append(f"{year}-{int(month):02d},{nino12},{nino3},{nino34},{nino4}\n")
    return "".join(out)


def main(reservoirpy: str, statsmodels: str, folder: str) -> None:
    """Write the three files into `folder`."""
    for wheel, member, name, convert in (
        (reservoirpy, LASER, "santa_fe_laser", laser),
        (statsmodels, SUNSPOTS, "sunspots", sunspots),
        (statsmodels, EL_NINO, "el_nino", el_nino),
    ):
        with zipfile.ZipFile(wheel) as archive:
            text = convert(archive.read(member))
        (Path(folder) / f"{name}.csv").write_text(text, newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
