"""The worked cases of the contract, and what they expect: every key that is shown must hold."""

import json
from pathlib import Path
from typing import Any

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))["cases"]


def worker_of(case: dict[str, Any], question: dict[str, Any]) -> str:
    """Whose answer is asked for: the first line's, unless the question says."""
    worker: str = question.get("worker", case["lines"][0]["worker"])
    return worker


def differences(expected: Any, answer: Any, where: str = "") -> list[str]:
    """Where an answer is not what is expected of it; empty if all that is expected holds."""
    if isinstance(expected, dict):
        if not isinstance(answer, dict):
            return [f"{where}: no object"]
        return [line for key, value in expected.items() for line in _of_key(key, value, answer, f"{where}.{key}")]
    return [] if expected == answer else [f"{where}: expected {expected!r}, answered {answer!r}"]


def _of_key(key: str, expected: Any, answer: dict[str, Any], where: str) -> list[str]:
    if key == "has":
        found = answer["findings"]
        return [f"{where}: no {want}" for want in expected if all(differences(want, one) for one in found)]
    if key == "lacks":
        return [f"{where}: {one}" for one in answer["findings"] if one["rule"] in expected]
    if key == "conditions":
        by_name = {one["condition"]: one for one in answer["conditions"]}
        return [line for want in expected for line in differences(want, by_name[want["condition"]], where)]
    if key not in answer:
        return [f"{where}: missing"]
    return differences(expected, answer[key], where)
