"""What every page shares: rendering, the menu, the rail of stages, words for values, paper."""

from .render import render, render_problem

__all__ = ["render", "render_problem"]
