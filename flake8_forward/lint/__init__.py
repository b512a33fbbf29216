"""From the words of a file to findings."""
