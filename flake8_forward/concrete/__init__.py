"""The only room with libcst: what is said and changed of the concrete syntax."""
