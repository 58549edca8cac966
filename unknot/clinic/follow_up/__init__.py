"""Follow up: check-ins by link, the check after a visit, and what somebody has to look at."""
