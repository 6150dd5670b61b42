"""Speed beside a peer, in the same run. `make bench [SIZE=small|full]` prints one table."""
