#!/usr/bin/env python3
"""Tells what the matrix measured: a table on standard output, JSON and Markdown into files.

usage: report.py [--published FILE] [--json FILE] [--markdown FILE] PLACE CASES

Ends with 0 when each case measured passed in a Crossarm column, with 1 when one did not or nothing was measured.
"""

import argparse
import json
import sys
from pathlib import Path

from measure import cases_in, results_of

COLUMNS = ["crossarm", "crossarm-cpp", "plain", "plain-fortify", "cargo-zigbuild"]
OURS = COLUMNS[:2]
RIVAL = "cargo-zigbuild"
# The last one is what somebody has who asks for C++ where a crate needs it, and not else.
COMPARISONS = {**{column: [column] for column in OURS}, "crossarm (with C++ where a case needs it)": OURS}
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def passed(result):
    return bool(result and result["built"] and result["static"] and result["ran"])


def read(options):
    cases = []
    for case in cases_in(options.cases):
        results = {column: next(results_of(options, case, column), None) for column in [*COLUMNS, "lab"]}
        # Where its log lies helps nobody elsewhere; the key does: it tells whether a result still holds.
        results = {column: {k: v for k, v in result.items() if k not in ("log", "case", "column")}
                   for column, result in results.items() if result}
        cases.append({
            **{key: case[key] for key in ("name", "library", "size", "cpp")},
            "lab": results.pop("lab", None),
            "results": results,
        })
    return cases


def versions(cases):
    """The versions of each column; more than one where results of several days lie side by side."""
    found = {}
    for case in cases:
        for column, result in case["results"].items():
            for tool, version in result["versions"].items():
                of_tool = found.setdefault(column, {}).setdefault(tool, [])
                if version not in of_tool:
                    of_tool.append(version)
    return found


def comparable(ours, theirs):
    return passed(ours) and passed(theirs) and ours["machine"] == theirs["machine"]


def compare(cases, columns):
    """Our times over the rival's, over the cases that pass in both and were measured on the same machine.

    Of a case counts the first of our columns of which that is true.
    """
    both = []
    for results in (case["results"] for case in cases):
        theirs = results.get(RIVAL)
        ours = next((results[column] for column in columns if comparable(results.get(column), theirs)), None)
        if ours:
            both.append((ours, theirs))
    sums = {f"{who}{what}": round(sum(pair[side][key] for pair in both), 1)
            for side, who in enumerate(("our", "their"))
            for what, key in (("Seconds", "seconds"), ("ProcessorSeconds", "processorSeconds"))}
    ratios = sorted(ours["processorSeconds"] / theirs["processorSeconds"] for ours, theirs in both if theirs["processorSeconds"])
    return {
        "cases": len(both), **sums,
        "ratio": round(sums["ourSeconds"] / sums["theirSeconds"], 2) if both else None,
        "processorRatio": round(sums["ourProcessorSeconds"] / sums["theirProcessorSeconds"], 2) if both else None,
        "medianProcessorRatio": round(ratios[len(ratios) // 2], 2) if ratios else None,
    }


def summary(cases):
    measured = [case for case in cases if case["results"]]
    columns = {}
    for column in COLUMNS:
        results = [case["results"][column] for case in measured if column in case["results"]]
        columns[column] = {"measured": len(results), "passed": sum(map(passed, results))}
    either = [case for case in measured if any(passed(case["results"].get(column)) for column in OURS)]
    # C++ is refused on purpose where it was not asked for: without the other column such a case is undecided.
    ours = [case for case in measured if case in either or OURS[1] in case["results"]
            or (OURS[0] in case["results"] and not case["cpp"])]
    return {
        "cases": len(cases), "measured": len(measured), "columns": columns,
        "passedByCrossarm": len(either), "measuredByCrossarm": len(ours),
        "failedByCrossarm": [case["name"] for case in ours if case not in either],
        "undecided": [case["name"] for case in measured if case not in ours],
        "againstRival": {name: compare(cases, columns) for name, columns in COMPARISONS.items()},
    }


def cell(result):
    if result is None:
        return "-"
    time = f"{result['seconds']:.0f} s"
    if passed(result):
        return time
    if not result["built"]:
        return "no build"
    return "wrong when run" if not result["ran"] else "not static"


ERROR_IN_A_TABLE = 125  # characters; the whole error is in the JSON


def quoted(error):
    if error and len(error) > ERROR_IN_A_TABLE:
        end = ERROR_IN_A_TABLE * 2 // 3
        error = error[:ERROR_IN_A_TABLE - end].rstrip() + " … " + error[-end:].lstrip()
    return "`" + error.replace("|", "\\|").replace("`", "'") + "`" if error else ""


def text(cases, told):
    lines = [f"{'case':<20}" + "".join(f" {column:>15}" for column in COLUMNS)]
    for case in cases:
        if case["results"]:
            lines.append(f"{case['name']:<20}" + "".join(f" {cell(case['results'].get(column)):>15}" for column in COLUMNS))
    counts = [told["columns"][column] for column in COLUMNS]
    lines.append(f"{'passed':<20}" + "".join(f" {str(c['passed']) + ' of ' + str(c['measured']):>15}" for c in counts))
    for name, against in told["againstRival"].items():
        if against["cases"]:
            lines.append(f"{name} against {RIVAL}, over {against['cases']} cases both pass: {against['ratio']} of the time, "
                         f"{against['processorRatio']} of the processor time")
    for name in told["failedByCrossarm"]:
        lines.append(f"not passed by Crossarm: {name}")
    for name in told["undecided"]:
        lines.append(f"wants C++, and was not measured in {OURS[1]}: {name}")
    return "\n".join(lines) + "\n"


def markdown(cases, told, tools):
    """The measured part of docs/compatibility.md; what it means is written by people around it."""
    out = []
    machines = {}
    for case in cases:
        for result in case["results"].values():
            machines.setdefault(tuple(result["machine"].values()), []).append(result["date"][:10])
    for (system, kernel, processor, cores, memory), dates in sorted(machines.items(), key=lambda item: min(item[1])):
        period = min(dates) + (f" to {max(dates)}" if max(dates) != min(dates) else "")
        out.append(f"Measured {period} on {system}, Linux {kernel}, {processor}, {cores} cores, {memory} GiB.\n")
    common = [tool for tool in ("rustc", "cargo") if len({str(found.get(tool)) for found in tools.values()}) == 1]
    if tools:
        out.append("All columns: " + ", ".join(" and ".join(next(iter(tools.values()))[tool]) for tool in common) + ".\n")
    out += ["Cases passed, and tools of each column:", ""]
    for column in COLUMNS:
        count = told["columns"][column]
        said = "; ".join(f"{tool}: {' and '.join(found)}" for tool, found in tools.get(column, {}).items() if tool not in common)
        out.append(f"- **{column}**: {count['passed']} of {count['measured']}. {said or 'Not measured'}.")
    out += ["", f"A cell shows the seconds of a build whose program is static and gives the right answer, processor seconds in "
            f"brackets; *n* refers to the failures below.", ""]
    out += ["| case | library | " + " | ".join(COLUMNS) + " |", "|---|---|" + "---|" * len(COLUMNS)]
    failures = []
    for case in cases:
        if not case["results"]:
            continue
        cells = []
        for column in COLUMNS:
            result = case["results"].get(column)
            if result is None:
                cells.append("not measured")
            elif passed(result):
                cells.append(f"{result['seconds']:.0f} ({result['processorSeconds']:.0f})")
            else:
                failures.append((case["name"], column, cell(result), result["error"]))
                cells.append(f"**{cell(result)}** *{len(failures)}*")
        out.append(f"| {case['name']} | {case['library']} | " + " | ".join(cells) + " |")
    out += ["", "| *n* | case | column | outcome | first error |", "|---|---|---|---|---|"]
    for number, (name, column, what, error) in enumerate(failures, 1):
        out.append(f"| {number} | {name} | {column} | {what} | {quoted(error)} |")
    out.append("")
    for name, against in told["againstRival"].items():
        if against["cases"]:
            out.append(f"- {name} against {RIVAL}, over the {against['cases']} cases that pass in both: "
                       f"{against['ourSeconds']} s against {against['theirSeconds']} s, a ratio of **{against['ratio']}**; "
                       f"processor time {against['ourProcessorSeconds']} s against {against['theirProcessorSeconds']} s, "
                       f"**{against['processorRatio']}** (median of the cases {against['medianProcessorRatio']}).")
    missing = [case["name"] for case in cases if not case["results"]]
    if missing:
        out.append(f"- In the list, not measured here: {', '.join(missing)}.")
    lab = [case for case in cases if case["lab"]]
    if lab:
        out += ["", "On the emulated ARM64 server, then run on the x86-64 host:", "",
                "| case | built on | static | right answer | seconds there | first error |", "|---|---|---|---|---|---|"]
        for case in lab:
            result = case["lab"]
            yes = lambda value: "yes" if value else "no"
            out.append(f"| {case['name']} | {result['builder']} | {yes(result['static'])} | {yes(result['ran'])} | "
                       f"{result['seconds']:.0f} | {quoted(result['error'])} |")
    return "\n".join(out) + "\n"


def document(cases, told, tools):
    """JSON with a line for each case, so that a change of one is seen as such."""
    head = json.dumps({"schemaVersion": 2, "versions": tools, "summary": told}, indent=1)
    lines = ",\n".join("  " + json.dumps(case) for case in cases if case["results"] or case["lab"])
    return head.removesuffix("\n}") + ',\n "cases": [\n' + lines + "\n ]\n}\n"


def place_in(file, measured):
    """Between its two marks where the file has them, so that the text around them stays; else the whole file."""
    old = file.read_text() if file.exists() else ""
    if BEGIN in old and END in old:
        measured = old[: old.index(BEGIN) + len(BEGIN)] + "\n" + measured + old[old.index(END):]
    file.write_text(measured)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--published", type=Path, help="results made on another machine, for what was not measured here")
    parser.add_argument("place", type=Path)
    parser.add_argument("cases", type=Path)
    options = parser.parse_args()
    cases = read(options)
    told, tools = summary(cases), versions(cases)
    sys.stdout.write(text(cases, told))
    if options.json:
        options.json.write_text(document(cases, told, tools))
    if options.markdown:
        place_in(options.markdown, markdown(cases, told, tools))
    return 0 if told["measuredByCrossarm"] and not told["failedByCrossarm"] else 1


if __name__ == "__main__":
    sys.exit(main())
