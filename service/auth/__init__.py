"""Who may do what: roles, passwords, sessions, log-in."""
