"""What is known of an object that nothing declares: uses, callers, words, tests."""
