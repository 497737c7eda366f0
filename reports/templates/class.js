// Filled in with the table.
