"""What the tables are: the descriptor with its fields and constraints, and the files that hold the rows."""
