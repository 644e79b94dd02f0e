#!/usr/bin/env python3
"""Make lexicon.txt: which parts of speech an English word can be, the commonest first.

    npm pack brill@3.1.0 && tar xzf brill-3.1.0.tgz
    apt-get download wamerican wbritish && for d in *.deb; do dpkg-deb -x "$d" dict; done
    python3 make-lexicon.py package/lib dict/usr/share/dict > lexicon.txt

Tags of words come from the lexicon of Eric Brill's tagger (npm `brill`, MIT). Words it lacks come from
SCOWL (Debian's `wamerican` and `wbritish`), their tags from their endings and from which other forms
of them are words. See LICENCES.md.
"""
import collections
import json
import re
import subprocess
import sys

# Penn tag -> ours: noun, plural, adjective, adverb, verb (base, -s, past, participle, -ing), number, exclamation.
TAGS = {
    "NN": "N", "NNS": "S", "JJ": "J", "JJR": "J", "JJS": "J", "RB": "R", "RBR": "R", "RBS": "R",
    "VB": "V", "VBP": "V", "VBZ": "Z", "VBD": "D", "VBN": "P", "VBG": "G", "CD": "C", "UH": "X",
}
VOWELS = "aeiou"


def brill(folder):
    script = f"import('{folder}/../index.js').then(b=>console.log(JSON.stringify(b.brill)))"
    return json.loads(subprocess.run(
        ["node", "--input-type=module", "-e", script], check=True, capture_output=True, text=True).stdout)


def stems(word, ending):
    """The words `word` may be the -ed, -ing or -s form of."""
    cut = word[: -len(ending)]
    yield cut
    if ending in ("ed", "ing"):
        yield cut + "e"
        if len(cut) > 2 and cut[-1] == cut[-2]:
            yield cut[:-1]
    if ending == "ed" and cut.endswith("i"):
        yield cut[:-1] + "y"
    if ending == "s" and word.endswith("ies"):
        yield word[:-3] + "y"
    if ending == "s" and word.endswith("es"):
        yield word[:-2]


def main(package, dictionaries):
    known = set()
    for name in ("american-english", "british-english"):
        for line in open(f"{dictionaries}/{name}", encoding="utf-8"):
            word = line.strip()
            if re.fullmatch(r"[a-z]+", word) and len(word) > 1:
                known.add(word)
    tagged = {}
    for word, tags in brill(package).items():
        ours = []
        for tag in tags:
            tag = TAGS.get(tag.split("|")[0]) if tag else None
            if tag and tag not in ours:
                ours.append(tag)
        # The lexicon was counted from newspapers and holds misprints and scraps.
        if ours and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", word) and len(word) > 1 and ("-" in word or word in known):
            tagged[word] = ours

    def verb(word):
        """Both the -ed and the -ing form are words: a verb."""
        e = word[:-1] if word.endswith("e") else word
        double = word + word[-1]
        y = word[:-1] + "ied" if word.endswith("y") and word[-2:-1] not in VOWELS else word + "ed"
        return any(p in known for p in (e + "ed", double + "ed", y)) and any(
            g in known for g in (e + "ing", double + "ing", word + "ing"))

    for word in sorted(known):
        ours = tagged.setdefault(word, [])
        new = []
        for ending in ("ed", "ing", "s"):
            if word.endswith(ending) and any(s in known and verb(s) for s in stems(word, ending)):
                new += {"ed": "DP", "ing": "G", "s": "Z"}[ending]
        if word.endswith("s") and not word.endswith("ss") and any(s in known for s in stems(word, "s")):
            new = ["S"] + new
        if verb(word):
            new.append("V")
        if not ours and not new:
            new = ["R"] if word.endswith("ly") else ["J"] if re.search(r"(ous|ful|less|able|ible|ish|ic|al|ive)$", word) else ["N"]
        if not ours and "V" in new:
            new = ["N"] + new
        ours += [t for t in new if t not in ours]
    groups = collections.defaultdict(list)
    for word, tags in tagged.items():
        groups["".join(tags)].append(word)
    print("# Made by make-lexicon.py; see LICENCES.md. Tags, then the words that have them.")
    print("# N noun, S plural, J adjective, R adverb, V verb, Z -s, D past, P participle, G -ing, C number, X exclamation.")
    for tags in sorted(groups):
        line = f"{tags}:"
        for word in sorted(groups[tags]):
            if len(line) + len(word) + 1 > 110:
                print(line)
                line = f"{tags}:"
            line += " " + word
        print(line)


main(*sys.argv[1:])
