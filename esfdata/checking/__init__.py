"""Tables to marks: what a check is, and how constraints and checks are run over the tables of a package."""
