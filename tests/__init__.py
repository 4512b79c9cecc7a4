"""The tests of mscgraph."""
