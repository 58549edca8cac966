"""The dial in the client's hand: its page, its stream to the room, its log and what it teaches."""
