"""Finding and reading the files of a project, and keeping some of them in memory."""
