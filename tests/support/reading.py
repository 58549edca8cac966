"""How many years of school a text asks for, by Flesch and Kincaid (1975).

0.39 words a sentence + 11.8 syllables a word - 15.59. Syllables are groups of vowels, without a
silent e; that is right for nine English words in ten and errs to both sides.
"""

import re


def grade(text: str) -> float:
    """The Flesch-Kincaid grade; numbers count as words of one syllable."""
    sentences = max(1, len(re.findall(r"[.:?](?:\s|$)", text)))
    words = re.findall(r"[A-Za-z']+|[0-9.]+[0-9]|[0-9]", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Syllables of a word, at least one."""
    word = word.lower().removesuffix("'s")
    word = re.sub(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$", lambda m: m[0][0], word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))
