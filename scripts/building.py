"""Watching tables being built: a bar on a terminal, elsewhere nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from projections.keeping.rebuilding import Progress as Told

BUILDING = "建立汇总表 building tables"


@contextmanager
def watched() -> Iterator[Told]:
    """Tells a person how far the building of tables has come; what is done at once shows nothing."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(BUILDING, total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)
