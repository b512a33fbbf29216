"""From the words of a file to what rules report."""
