"""The database: typed tables, the engine, and the way from one schema to the next."""
