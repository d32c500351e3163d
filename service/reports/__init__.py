"""Day, week, month and year: figures from confirmed cases, and the documents made of them."""
