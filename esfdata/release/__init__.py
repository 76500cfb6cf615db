"""Tables to a release: its layout, its files, and how one is loaded."""
