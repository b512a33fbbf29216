"""The only folder that imports libcst: what is reported, and what a fix changes."""
