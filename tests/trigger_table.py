"""The table of trigger words, as it is generated from the rules."""

from __future__ import annotations

import textwrap
from pathlib import Path

from flake8_forward.lint.rule import TRIGGER_KINDS
from flake8_forward.rules import all_rules

TRIGGERS = Path(__file__).parent.parent / "flake8_forward" / "lint" / "triggers.py"

TRIGGERS_HEAD = '''\
"""Which words make a file worth a look, for which rule: by them most files are judged.

Written by ``python tests/documents.py --write`` from the attributes of the rules, whose
modules are imported only for a file that holds such a word.
"""

from __future__ import annotations

TRIGGERS: dict[str, dict[str, str]] = {
'''
"""Words, separated by blanks, by code and by the attribute that names them."""


MAX_LINE = 88


def triggers_text() -> str:
    """The table of the words of all rules."""
    lines = [TRIGGERS_HEAD]
    for rule in all_rules():
        kinds = [kind for kind in TRIGGER_KINDS if getattr(rule, kind)]
        if len(kinds) == 1 and len(getattr(rule, kinds[0])) == 1:
            (word,) = getattr(rule, kinds[0])
            lines.append(f'    "{rule.code}": {{"{kinds[0]}": "{word}"}},\n')
            continue
        lines.append(f'    "{rule.code}": {{\n')
        for kind in kinds:
            words = " ".join(sorted(getattr(rule, kind)))
            line = f'        "{kind}": "{words}",\n'
            if len(line) <= MAX_LINE + 1:
                lines.append(line)
                continue
            room = MAX_LINE - len('            ""')
            parts = [words]
            if len(words) > room:
                parts = textwrap.wrap(words, room - 1, break_long_words=False)
            quoted = [f'            "{part} "\n' for part in parts[:-1]]
            quoted.append(f'            "{parts[-1]}"\n')
            lines.append(f'        "{kind}": (\n{"".join(quoted)}        ),\n')
        lines.append("    },\n")
    return "".join([*lines, "}\n"])
