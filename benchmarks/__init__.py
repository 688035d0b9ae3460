"""Speed as ratios against peers, in one run. `make benchmarks` runs all and rewrites docs/benchmarks.md."""
