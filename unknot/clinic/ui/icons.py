"""Line icons, drawn by us on a 24-unit square. Constants only; nothing here comes from a user."""

from __future__ import annotations

from typing import Final

ICONS: Final[dict[str, str]] = {
    "knot": "M2.5 19.5h7c5 0 7.5-3 7.5-7.2a4.8 4.8 0 0 0-9.6 0c0 4.2 3 7.2 7.5 7.2h6.6",
    "today": "M4 6.5h16v13.5H4zM4 10.5h16M8 3.5v4M16 3.5v4M9 15l2.2 2.2L15.5 13",
    "clients": "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z"
    "M2.5 20c.5-3.8 3-5.8 6.5-5.8s6 2 6.5 5.8"
    "M15.5 5a3.2 3.2 0 0 1 0 6.2M17.5 14.5c2.3.6 3.7 2.5 4 5.5",
    "calendar": "M4 6.5h16v13.5H4zM4 10.5h16M8 3.5v4M16 3.5v4M8 14h.01M12 14h.01M16 14h.01"
    "M8 17h.01M12 17h.01",
    "more": "M4 7h16M4 12h16M4 17h16",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z"
    "M4.5 20.5c.6-4.2 3.3-6.3 7.5-6.3s6.9 2.1 7.5 6.3",
    "check": "M4.5 12.5l5 5L20 6.5",
    "cross": "M6 6l12 12M18 6L6 18",
    "dash": "M6 12h12",
    "plus": "M12 5v14M5 12h14",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.5h.01",
    "good": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.3l2.8 2.8L16 9.5",
    "caution": "M12 3.5L21.5 20h-19zM12 10v4.5M12 17.2h.01",
    "stop": "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5v6M12 16.5h.01",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
    "right": "M9 5l7 7-7 7",
    "left": "M15 5l-7 7 7 7",
    "phone": "M6 3.5h3.2l1.6 4.2-2 1.6c1 2.6 3.3 4.9 5.9 5.9l1.6-2 4.2 1.6V18c0 1.4-1.1 2.5-2.5 2."
    "5"
    "C10.3 20.5 3.5 13.7 3.5 6c0-1.4 1.1-2.5 2.5-2.5z",
    "letter": "M3.5 5.5h17v13h-17zM4 6l8 7 8-7",
    "print": "M7 8V3.5h10V8M7 17H3.5V8h17v9H17M7 14h10v6.5H7z",
    "pen": "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5",
    "lock": "M5.5 10.5h13v10h-13zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
    "moon": "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
    "hand": "M7 12V6.5a1.5 1.5 0 0 1 3 0V11M10 10.5v-6a1.5 1.5 0 0 1 3 0v6"
    "M13 10.5V6a1.5 1.5 0 0 1 3 0v6"
    "M16 9.5a1.5 1.5 0 0 1 3 0V15"
    "c0 3.5-2.5 6-6 6-3 0-4.7-1.2-6.2-3.7L4 13.5c-.9-1.5 1-2.8 2.2-1.5L7 13",
    "dot": "M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z",
    "download": "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20.5 20.5",
}
TONES: Final = {
    "good": "good",
    "caution": "caution",
    "stop": "stop",
    "now": "right",
    "clay": "dot",
    "info": "info",
    "plain": "dash",
}
STATES: Final = {"done": "check", "attention": "caution", "blocked": "cross"}
