"""The page a day begins with: who comes, who must be looked at first, which notes wait."""
