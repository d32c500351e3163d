"""What is shipped: wheel, units, container file, offline bundle."""
