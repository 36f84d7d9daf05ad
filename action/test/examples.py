#!/usr/bin/env python3
"""Takes the workflows out of a guide: usage: examples.py GUIDE FOLDER

Each fenced block of YAML that has `jobs:` becomes FOLDER/<number>.yml; the use of the action becomes the use of the local
one, so that its inputs and outputs are checked. Prints how many there were.
"""
import pathlib
import re
import sys

guide, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
blocks = re.findall(r"^```yaml\n(.*?)^```$", guide.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
count = 0
for block in blocks:
    if re.search(r"^jobs:", block, re.MULTILINE):
        count += 1
        text = block.replace("OWNER/crossarm/action@v1", "./action")
        assert text != block, f"workflow {count} does not use the action"
        (folder / f"{count:02}.yml").write_text(text, encoding="utf-8")
print(count)
