"""Writes the page of truths: `python tests/truths`. Rows are measured anew, in processes; takes a minute or two."""

import multiprocessing
import sys

from page import PAGE, page, row
from table import TRUTHS

if __name__ == "__main__":
    places = [(family, index) for family, rows in TRUTHS.items() for index in range(len(rows))]
    with multiprocessing.get_context("spawn").Pool(int(sys.argv[1]) if len(sys.argv) > 1 else 2) as pool:
        PAGE.write_text(page(pool.map(row, places, chunksize=4)))
