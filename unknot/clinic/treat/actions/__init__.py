"""What can be done in a visit: `visit` its taps, `dial` the client's, `notes` the note."""
