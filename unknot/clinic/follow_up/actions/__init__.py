"""What can be done between visits: `links` to send, `answers` to keep, `alerts`, `mail`."""
