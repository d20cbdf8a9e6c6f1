"""A withdrawn release is gone for readers, kept for audits, and does not come back."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from loaders import indicators, releases, verification
from model.catalog import RELEASE_FORMAT
from prepare import inspection, journal, logged, publishing, release, switching, withdrawing
from prepare.failures import ImpossibleError
from prepare.findings import PreparationError
from prepare.journal import Entry
from prepare.withdrawing import withdraw, withdrawn
from server import prepare
from test_prepare_publish import candidate, log, refused, shown

WHY = "Fehler in den Schulzahlen"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def published(root: Path, *values: float) -> list[str]:
    names = [candidate(root, value) for value in values]
    for name in names:
        publishing.publish(root, name, "Bert")
    return names


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_release_before_is_shown_and_the_files_move_to_the_vault(
    root: Path, vault: Path
) -> None:
    first, second = published(root, 1, 2)
    before, told = files(root / second), inspection.whole(root, second).manifest
    done = withdraw(root, vault, second, " Cem ", WHY)
    entry = done.entry
    assert (done.instead, done.repeated, done.whole) == (first, False, True)
    assert asdict(entry) | {"time": ""} == {
        "time": "", "action": "withdraw", "release": second, "by": "Cem", "approved_by": None,
        "previous": second, "note": WHY, "instead": first, "key": None,
    }  # fmt: skip
    assert shown(root) == first
    assert list(files(root / second)) == ["withdrawn.json"]
    assert json.loads((root / second / "withdrawn.json").read_text("utf-8")) == {
        "id": second,
        "time": entry.time,
        "by": "Cem",
        "reason": WHY,
        "content_hash": told["content_hash"],
        "files": ["catalog.json", "counts/a.parquet"],
    }
    assert files(vault / "withdrawn" / second) == before
    [kept] = withdrawn(root, vault)
    assert (kept.folder, kept.manifest) == (vault / "withdrawn" / second, told)
    assert inspection.ids(root) == [first]
    assert {line["action"] for line in log(root)} == {"publish", "withdraw"}
    told_by = journal.journal(root)
    assert (told_by.shown, told_by.broken) == ((first,), ())


def test_it_does_not_come_back(root: Path, vault: Path) -> None:
    first, second = published(root, 1, 2)
    withdraw(root, vault, second, "Cem", WHY)
    assert refused(publishing.publish, root, second, "Bert") == ("release_withdrawn", second)
    assert refused(publishing.rollback, root, "Cem", "Grund", second) == (
        "release_withdrawn",
        second,
    )
    assert refused(candidate, root, 2) == ("release_withdrawn", second)
    assert refused(withdraw, root, vault, second, "Cem", WHY) == ("release_withdrawn", second)
    assert shown(root) == first
    assert publishing.shown(root, "x") == first


def test_one_that_is_not_shown_changes_nothing_else(root: Path, vault: Path) -> None:
    first, second, third = published(root, 1, 2, 3)
    assert withdraw(root, vault, second, "Cem", WHY).instead == third
    assert shown(root) == third
    assert publishing.rollback(root, "Cem", "Grund").release == first, "past the withdrawn one"


def test_what_cannot_be_shown_is_passed_over(root: Path, vault: Path) -> None:
    """A damaged one, another city's, and one of another format lie between."""
    first = published(root, 1)[0]
    damaged = published(root, 2)[0]
    publishing.publish(root, candidate(root, 3, city="y"), "Bert")
    last = published(root, 4)[0]
    (root / damaged / "catalog.json").write_text("[]")
    assert withdraw(root, vault, last, "Cem", WHY).instead == first
    assert shown(root) == first
    assert journal.journal(root).shown == (first,)


def test_with_nothing_before_it_nothing_is_shown(root: Path, vault: Path) -> None:
    [only] = published(root, 1)
    assert withdraw(root, vault, only, "Cem", WHY).instead is None
    assert shown(root) == only, "the pointer leads to the tombstone, which says why"
    assert switching.previous(root) is None
    assert journal.journal(root).shown == ()
    assert publishing.shown(root, "x") is None
    again = candidate(root, 2)
    entry = publishing.publish(root, again, "Bert")
    assert entry is not None and entry.previous is None
    assert shown(root) == again


def test_a_damaged_release_can_be_withdrawn_too(root: Path, vault: Path) -> None:
    first, second = published(root, 1, 2)
    (root / second / "counts/a.parquet").write_bytes(b"?")
    done = withdraw(root, vault, second, "Cem", WHY)
    assert (done.instead, done.whole) == (first, False)
    assert refused(withdrawn, root, vault) == ("release_damaged", f"{second}/counts/a.parquet")


@pytest.mark.parametrize(
    ("by", "reason", "rule"), [("", WHY, "person_missing"), ("Cem", " ", "reason_missing")]
)
def test_a_withdrawal_says_who_and_why(
    by: str, reason: str, rule: str, root: Path, vault: Path
) -> None:
    [only] = published(root, 1)
    assert refused(withdraw, root, vault, only, by, reason)[0] == rule
    assert len(log(root)) == 1


def test_only_what_was_published_is_withdrawn(root: Path, vault: Path) -> None:
    published(root, 1)
    waiting = candidate(root, 2)
    assert refused(withdraw, root, vault, waiting, "Cem", WHY) == ("release_unpublished", waiting)
    for name in ("x-2025-01-00000000", "../x", "", "."):
        assert refused(withdraw, root, vault, name, "Cem", WHY) == ("release_unknown", name)
    with pytest.raises(ImpossibleError, match="nicht gefunden"):
        withdraw(root / "nirgends", vault, waiting, "Cem", WHY)


def test_an_interrupted_withdrawal_is_told_and_mended(
    root: Path, vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A crash after the log's line, with the pointer and the files as they were."""
    first, second = published(root, 1, 2)
    journal.append(
        root, Entry(switching.now(), "withdraw", second, "Cem", None, second, WHY, first)
    )
    assert withdrawing.unfinished(root) == [second]
    assert logged.log(root) == 1
    warned = capsys.readouterr().err
    assert f"Nach dem Protokoll gilt {first}." in warned
    assert f"{second} ist zurückgezogen, hat aber noch Dateien; withdraw wiederholen." in warned
    done = withdraw(root, vault, second, "Dora", "Nochmal")
    assert (done.entry.by, done.entry.note, done.repeated) == ("Cem", WHY, True)
    assert shown(root) == first
    assert [line["action"] for line in log(root)] == ["publish", "publish", "withdraw"]
    assert json.loads((root / second / "withdrawn.json").read_text("utf-8"))["by"] == "Cem"
    assert withdrawing.unfinished(root) == []
    assert logged.log(root) == 0


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object], str], None]:
    """`crash(call, name)`: the call ends just before a file of that name is put in place."""
    real = os.replace

    def run(call: Callable[[], object], name: str) -> None:
        def fail(source: Path, target: Path) -> None:
            if Path(target).name == name:
                raise OSError(name)
            real(source, target)

        with monkeypatch.context() as failing:
            failing.setattr(os, "replace", fail)
            with pytest.raises(OSError, match=name):
                call()

    return run


Crash = Callable[[Callable[[], object], str], None]


def withdrawals(root: Path) -> list[tuple[str, str | None]]:
    lines = [line for line in log(root) if line["action"] == "withdraw"]
    return [(str(line["release"]), line.get("instead")) for line in lines]


def test_what_the_log_says_is_withdrawn_does_not_come_back_after_a_crash(
    root: Path, vault: Path, crash: Crash
) -> None:
    first, second, third = published(root, 1, 2, 3)
    crash(lambda: withdraw(root, vault, second, "Cem", WHY), "withdrawn.json")
    assert list(journal.journal(root).withdrawn) == [second]
    assert not (root / second / "withdrawn.json").exists()
    assert refused(publishing.publish, root, second, "Bert") == ("release_withdrawn", second)
    assert refused(publishing.rollback, root, "Cem", "Grund", second) == (
        "release_withdrawn",
        second,
    )
    assert refused(candidate, root, 2) == ("release_withdrawn", second)
    with pytest.raises(PreparationError, match=f"von Cem: {WHY}"):
        inspection.whole(root, second)
    assert publishing.shown(root, "x") == shown(root) == third
    assert publishing.rollback(root, "Cem", "Grund").release == first


def test_two_interrupted_withdrawals_never_lead_to_a_tombstone(
    root: Path, vault: Path, crash: Crash
) -> None:
    """The second decides anew what is shown, and so does the repetition of the first."""
    zero, first, second = published(root, 0, 1, 2)
    crash(lambda: withdraw(root, vault, second, "Cem", WHY), "current")
    assert (shown(root), switching.previous(root)) == (second, None)
    assert publishing.shown(root, "x") == first
    assert withdraw(root, vault, first, "Cem", WHY).instead == zero
    assert shown(root) == zero
    assert withdraw(root, vault, second, "Cem", WHY).instead == zero
    assert withdrawals(root) == [(second, first), (first, zero)]
    assert (shown(root), journal.journal(root).shown) == (zero, (zero,))
    assert logged.log(root) == 0


def test_an_interrupted_withdrawal_is_none_of_the_next_ones_business(
    root: Path, vault: Path, crash: Crash
) -> None:
    """One that was not shown is withdrawn: what the first one left to be shown stays that."""
    zero, first, second = published(root, 0, 1, 2)
    crash(lambda: withdraw(root, vault, second, "Cem", WHY), "current")
    assert withdraw(root, vault, zero, "Cem", WHY).instead == first
    assert (shown(root), journal.journal(root).shown) == (first, (first,))
    assert withdraw(root, vault, second, "Cem", WHY).instead == first
    assert withdrawals(root) == [(second, first), (zero, first)]
    assert logged.log(root) == 0


def test_a_repeated_withdrawal_shows_what_can_still_be_shown(
    root: Path, vault: Path, crash: Crash
) -> None:
    """What the log says is shown instead was damaged meanwhile: a line tells what is."""
    zero, first, second = published(root, 0, 1, 2)
    crash(lambda: withdraw(root, vault, second, "Cem", WHY), "current")
    (root / first / "catalog.json").write_text("[]")
    done = withdraw(root, vault, second, "Dora", "Nochmal")
    assert (done.instead, done.entry.by, done.entry.instead) == (zero, "Cem", first)
    assert withdrawals(root) == [(second, first), (second, zero)]
    assert [line["by"] for line in log(root)[3:]] == ["Cem", "Dora"]
    assert (shown(root), journal.journal(root).shown) == (zero, (zero,))
    assert journal.journal(root).withdrawn[second] == done.entry


def test_a_withdrawal_never_goes_forward(root: Path, vault: Path, crash: Crash) -> None:
    """To a release whose publication was interrupted, when the one still shown is withdrawn."""
    first, second = published(root, 1, 2)
    third = candidate(root, 3)
    crash(lambda: publishing.publish(root, third, "Bert"), "current")
    assert withdraw(root, vault, second, "Cem", WHY).instead == first
    assert (shown(root), journal.journal(root).shown) == (first, (first,))


def test_leftovers_of_a_killed_withdrawal_go_after_a_day(root: Path, vault: Path) -> None:
    first, _second = published(root, 1, 2)
    for name, age in ((".building-old", 2), (".building-new", 0)):
        (vault / "withdrawn" / name).mkdir(parents=True)
        os.utime(vault / "withdrawn" / name, (time.time() - age * 86400,) * 2)
    withdraw(root, vault, first, "Cem", WHY)
    assert [p.name for p in (vault / "withdrawn").glob(".*")] == [".building-new"]


def test_the_command_says_what_it_completes_and_what_is_not_whole(
    root: Path, vault: Path, crash: Crash
) -> None:
    first, second = published(root, 1, 2)
    (root / second / "catalog.json").write_text("[]")
    crash(lambda: withdraw(root, vault, second, "Cem", WHY), "current")
    done = prepare("withdraw", second, "--by", "Dora", "--reason", "Neu", "--releases", root)
    assert done.returncode == 0
    assert done.stderr == (
        f'Hinweis: Im Protokoll steht die Zurückziehung schon, von Cem: "{WHY}". Das bleibt so; '
        "nachgeholt wurde, was noch fehlte. Hinweis: Der Datenstand war beschädigt, die "
        "aufbewahrte Kopie ist deshalb unvollständig; spätere Prüfungen können ihn nicht "
        "mitrechnen.\n"
    )
    assert shown(root) == first


def test_what_was_published_meanwhile_stays(root: Path, vault: Path) -> None:
    """A withdrawal that is finished later switches nothing back."""
    first, second, third = published(root, 1, 2, 3)
    entry = withdraw(root, vault, second, "Cem", WHY).entry
    shutil.copytree(vault / "withdrawn" / second, root / second, dirs_exist_ok=True)
    publishing.rollback(root, "Cem", "Grund", first)
    assert withdraw(root, vault, second, "Cem", WHY).entry == entry
    assert (shown(root), entry.instead) == (first, third)
    assert len(withdrawals(root)) == 1


def test_the_command(root: Path, tmp_path: Path) -> None:
    first, second = published(root, 1, 2)
    place = ("--releases", root)
    done = prepare("withdraw", second, "--by", "Cem", "--reason", WHY, *place)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Datenstand {second} ist zurückgezogen; seine Dateien werden nicht mehr ausgeliefert.",
        f"  Aufbewahrt für spätere Prüfungen: {tmp_path / 'vault' / 'withdrawn' / second}",
        f"  Es gilt: {first}",
    ]
    done = prepare("withdraw", first, "--by", "Cem", "--reason", WHY, "--json", *place)
    assert json.loads(done.stdout)["entry"]["instead"] is None
    said = prepare("log", *place)
    assert (said.returncode, said.stderr) == (0, "")
    assert [line[22:] for line in said.stdout.splitlines()[2:4]] == [
        f"zurückgezogen  {second}  von Cem, es gilt {first}; {WHY}",
        f"zurückgezogen  {first}  von Cem, es gilt nichts; {WHY}",
    ]
    assert said.stdout.splitlines()[-1] == "Es gilt: nichts"
    assert json.loads(prepare("log", "--json", *place).stdout)["current"] is None
    done = prepare("diff", "--release", first, *place)
    assert done.returncode == 1 and "zurückgezogen von Cem" in done.stderr


@pytest.fixture
def app(revised_releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two releases of the small city, and an app that reads it."""
    root = shutil.copytree(revised_releases, tmp_path / "app" / "releases")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(root))
    return root


def test_the_app_goes_back_at_once_and_says_when_nothing_is_left(app: Path, vault: Path) -> None:
    second = releases.current()
    first = next(e.release for e in journal.journal(app).entries)
    withdraw(app, vault, second.id, "Cem", WHY)
    assert releases.current().id == first
    with pytest.raises(releases.ReleaseError):  # who had it open gets nothing more of it
        indicators.values(second, second.catalog.indicators["anteil_u6"])
    withdraw(app, vault, first, "Cem", "Grund, für alle")
    for _visit in range(2):
        with pytest.raises(releases.WithdrawnError) as error:
            releases.current()
        assert f"„{first}“ wurde am " in str(error.value)
        assert str(error.value).endswith("zurückgezogen. Grund: Grund, für alle")


def test_what_was_rolled_back_is_not_shown_when_its_successor_is_withdrawn(
    app: Path, vault: Path
) -> None:
    """Nothing is shown instead, at the first visit and at every later one."""
    second = releases.current()
    first = publishing.rollback(app, "Cem", "Auch falsch").release
    assert releases.current().id == first != second.id
    assert withdraw(app, vault, first, "Cem", WHY).instead is None
    for _visit in range(3):
        with pytest.raises(releases.WithdrawnError, match=f"„{first}“ wurde am "):
            releases.current()
    (app / "current").write_text("../..")
    with pytest.raises(releases.ReleaseError) as error:
        releases.current()
    assert str(error.value) == "Der Zeiger auf die Veröffentlichung ist unlesbar."


def test_a_release_withdrawn_while_it_is_opened_is_said_to_be_withdrawn(
    app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tombstone is then a file that the manifest does not name."""
    folder, verified = app / (app / "current").read_text("utf-8"), verification.check_files

    def late(place: Path, told: dict[str, Any]) -> None:
        (folder / "withdrawn.json").write_text("{}")
        verified(place, told)

    monkeypatch.setattr(verification, "check_files", late)
    with pytest.raises(releases.WithdrawnError, match=f"„{folder.name}“ wurde zurückgezogen"):
        releases.current()


def _about() -> None:
    from components import guide
    from loaders import releases

    guide.withdrawn(releases.withdrawn())


def test_the_app_lists_what_was_withdrawn(app: Path, vault: Path) -> None:
    assert not AppTest.from_function(_about).run().get("html")
    second = releases.current().id
    withdraw(app, vault, second, "Cem", "<b>Grund</b>")
    [one] = releases.withdrawn()
    assert (one.id, one.reason) == (second, "<b>Grund</b>")
    [listed] = AppTest.from_function(_about).run().get("html")
    assert f"<dt>{second}</dt><dd>{one.day} &lt;b&gt;Grund&lt;/b&gt;</dd>" in listed.proto.body


@pytest.mark.parametrize("text", ["", "[]", "{}", "\x00"])
def test_an_unreadable_tombstone_still_hides_the_release(app: Path, text: str) -> None:
    shown_now = releases.current()
    (shown_now.folder / "withdrawn.json").write_text(text)
    with pytest.raises(releases.WithdrawnError, match="wurde zurückgezogen"):
        releases.current()
    assert refused(inspection.whole, app, shown_now.id)[0] == "release_withdrawn"


def test_releases_from_before_signatures_are_still_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their history goes on, but they are never shown again."""
    with monkeypatch.context() as older:
        older.setattr(release, "FORMAT", 2)
        [old] = published(root, 1)
    (root / old / "manifest.sig").unlink()
    assert inspection.whole(root, old).key == b""
    assert publishing.shown(root, "x") == old
    new = candidate(root, 1)
    assert RELEASE_FORMAT > 2 and new != old
    publishing.publish(root, new, "Bert")
    assert refused(publishing.rollback, root, "Cem", "Grund") == ("release_format", old)
