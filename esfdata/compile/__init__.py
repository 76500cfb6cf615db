"""The constraints and checks in the form of other libraries."""
