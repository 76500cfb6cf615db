"""Old addresses of what stands in `esfdata.compile`."""
