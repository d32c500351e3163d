"""Documents: their content as plain blocks, drawn by ``word`` and by ``pdf`` alike."""
