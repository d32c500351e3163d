"""Web pages and API: thin routes over `service.review`, deny by default."""
