"""Everything that the program says, as rows: a text is a row of a CSV file here, with a column for each language."""
