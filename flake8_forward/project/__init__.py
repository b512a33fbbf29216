"""Files and folders: where modules are, what they say, what is kept of them."""
