"""``deskcheck standard check|diff|show``: rule packs, read and compared."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

PackPath = Annotated[Path | None, typer.Argument(help="A rule pack; by default the shipped one.")]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="The standard as a rule pack.", no_args_is_help=True)
    app.add_typer(group, name="standard")

    @group.command()
    def check(
        path: PackPath = None,
        text: Annotated[
            Path | None, typer.Option(help="The standard's text, to hold the clauses against.")
        ] = None,
    ) -> None:
        """Read a pack and say what is in it, or what is wrong with it."""
        from rules.pack import load_pack
        from rules.standard_text import missing_words, read_standard

        pack = load_pack(path)
        judged = len(pack.judged_rows)
        manual = sum(1 for row in pack.rows if row.spec.manual is not None)
        process = sum(1 for row in pack.rows if row.spec.process is not None)
        _say(
            f"{pack.label}: {len(pack.rows)} rows; {judged} judged by camera, "
            f"{manual} manual, {process} process; in force from {pack.effective_from}"
        )
        wrong = False
        standard = read_standard(text)
        for row in pack.rows:
            for words in missing_words(row.spec.text, standard):
                wrong = True
                sys.stderr.write(
                    f"{row.at}: '{words}' of {row.id} is not in the standard's text; "
                    "write its own words and … where they are cut.\n"
                )
        if wrong:
            raise typer.Exit(1)

    @group.command()
    def diff(
        new: Annotated[Path, typer.Argument(help="The other pack.")],
        old: PackPath = None,
    ) -> None:
        """Show row by row what NEW changes in OLD (by default the shipped pack)."""
        from rules.pack import load_pack, pack_diff

        for clause, what, changes in pack_diff(load_pack(old), load_pack(new)):
            _say(f"{clause}: {what}")
            for name, (before, after) in changes.items():
                _say(f"  - {name}: {json.dumps(before, ensure_ascii=False)}")
                _say(f"  + {name}: {json.dumps(after, ensure_ascii=False)}")

    @group.command()
    def show(
        clause: Annotated[
            str | None, typer.Argument(help="A clause id; all where left out.")
        ] = None,
        pack: Annotated[Path | None, typer.Option(help="Another rule pack.")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON line a row.")] = False,
    ) -> None:
        """Print the clauses: text, window, who answers, how they are judged."""
        from rules.pack import load_pack

        loaded = load_pack(pack)
        for row in loaded.rows if clause is None else (loaded.row(clause),):
            spec = row.spec
            if as_json:
                _say(spec.model_dump_json(by_alias=True, exclude_none=True))
                continue
            way = ", ".join(check.kind.name for check in row.checks)
            if not way:
                way = f"人工: {spec.manual}" if spec.manual else f"流程: {spec.process}"
            windows = "".join(spec.windows) or "-"
            _say(f"{spec.id}  [{spec.tier}] [{windows}] {spec.text}\n    {spec.gloss}\n    {way}")
