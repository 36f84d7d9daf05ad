#!/usr/bin/env python3
"""Keeps what a job made, whose workspace act removes. usage: OUTPUTS=JSON keep.py FOLDER

FOLDER/outputs.json gets the outputs of the action; the files they name go beside it.
"""
import json
import os
import pathlib
import shutil
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
outputs = json.loads(os.environ["OUTPUTS"])
(folder / "outputs.json").write_text(json.dumps(outputs, indent=1), encoding="utf-8")
for name in ("binary", "zip", "archive"):
    value = outputs.get(name) or "[]"
    for file in json.loads(value) if value.startswith("[") else [value]:
        shutil.copy2(file, folder / pathlib.Path(file).name)
