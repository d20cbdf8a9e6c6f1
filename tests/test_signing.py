"""Nothing hidden stays in a file, and nothing is shown that the statistics unit has not signed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

import planted_buffers
import small_city
from loaders import areas, history, indicators, releases, trails
from model import manifest, signatures
from model.signatures import SignatureError
from planted_buffers import NUMBER, SEEN
from prepare import build as builds
from prepare import inspection, journal, logged, publishing, release, signing, withdrawing
from prepare.failures import ImpossibleError
from server import prepare
from test_prepare_publish import candidate, line_hash, refused


def whole(frames: dict[str, pl.DataFrame]) -> release.Content:
    return release.Content(
        "x", "2025-01", "public", frames, {"catalog.json": "{}"}, ("2024", "2024"), False, {}
    )


@pytest.mark.parametrize("how", planted_buffers.frames())
def test_what_a_frame_hides_does_not_come_into_its_file(how: str, tmp_path: Path) -> None:
    frame = planted_buffers.frames()[how]
    told = str(frame.to_dicts())
    assert SEEN in told and "Geheim" not in told and str(NUMBER) not in told
    written = release.write(whole({"counts/a.parquet": frame}), tmp_path / "releases")
    assert planted_buffers.planted(tmp_path / "releases") == []
    data = (written.path / "counts/a.parquet").read_bytes()
    assert SEEN.encode() in planted_buffers.unpacked(data), "the search looks into packed pages"
    again = pl.read_parquet(written.path / "counts/a.parquet")
    assert again.rows() == frame.rows()
    assert set(again.dtypes) <= {pl.String, pl.Float64, pl.Int64}


@pytest.mark.parametrize("how", ["masked", "ipc", "arrow masked", "masked enum"])
def test_the_planted_frames_do_hold_something(how: str) -> None:
    """Else the test above would prove nothing."""
    assert planted_buffers.holds(planted_buffers.ipc(planted_buffers.frames()[how]))


def test_unused_labels_stand_in_a_file_that_is_written_as_it_is(tmp_path: Path) -> None:
    for how in ("enum", "categorical"):
        planted_buffers.frames()[how].write_parquet(tmp_path / f"{how}.parquet")
    assert "enum.parquet" in planted_buffers.planted(tmp_path)


def test_a_cell_with_more_than_one_value_is_refused() -> None:
    with pytest.raises(TypeError, match="not flat"):
        release.tabled(pl.DataFrame({"a": [["x"]]}))


def test_tables_have_no_statistics(tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    (tmp_path / "a.parquet").write_bytes(release.tabled(planted_buffers.masked()))
    group = parquet.read_metadata(tmp_path / "a.parquet").row_group(0)
    for number in range(group.num_columns):
        column = group.column(number)
        assert column.statistics is None or not column.statistics.has_min_max


def carelessly_hidden(counts: pl.DataFrame) -> pl.DataFrame:
    """All values of Au are null, above a planted one."""
    au = pl.col("area") == "001"
    known = counts.with_columns(value=pl.when(au).then(NUMBER).otherwise("value"))
    return known.with_columns(
        value=pl.when(~au).then("value"),
        status=pl.when(au).then(pl.lit("suppressed")).otherwise("status"),
    )


def test_nothing_planted_reaches_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every frame the loaders make of a release, written as it would be sent."""
    folder = small_city.write(tmp_path)
    content = builds.build(folder, folder / "deliveries", "public", [])
    hidden = {
        path: carelessly_hidden(frame) if path.startswith("counts/") else frame
        for path, frame in content.frames.items()
    }
    assert any(planted_buffers.holds(planted_buffers.ipc(f)) for f in hidden.values())
    root = tmp_path / "releases"
    written = release.write(replace(content, frames=hidden), root, release.Made("Anna"))
    publishing.publish(root, written.path.name, "Bert")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(root))
    shown = releases.current()
    frames = [shown.table(p) for p in shown.manifest["files"] if p.endswith(".parquet")]
    for indicator in shown.catalog.indicators.values():
        frames += [indicators.values(shown, indicator, first) for first in (False, True)]
    frames += [history.vintages(shown), indicators.published(shown)]
    assert sum(frame.height for frame in frames) > 100
    assert [f for f in frames if planted_buffers.holds(planted_buffers.ipc(f))] == []
    person = shown.catalog.indicators["einwohner"]
    assert trails.trail_of(shown, person, "viertel", "001", "2024-12-31").value is None
    assert areas.by_level(shown)["viertel"]["001"].name == "Au"


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "vault" / "signing.key"
    first = signing.public(signing.key(path))
    assert signing.public(signing.key(path)) == first
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.with_suffix(".pub").read_text("ascii") == signatures.key_line(first)
    assert load_pem_private_key(path.read_bytes(), None).public_key().public_bytes_raw() == first  # type: ignore[union-attr]


def test_a_release_carries_the_signature_of_its_manifest(tmp_path: Path) -> None:
    name = candidate(tmp_path / "releases", 1)
    folder = tmp_path / "releases" / name
    method, number, key, signature = (folder / "manifest.sig").read_text("ascii").split()
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    data = (folder / "manifest.json").read_bytes()
    public.verify(base64.b64decode(signature), data)
    with pytest.raises(InvalidSignature):
        public.verify(base64.b64decode(signature), data + b" ")
    assert (method, number) == ("ed25519", signatures.key_id(base64.b64decode(key)))
    assert (tmp_path / "vault" / "signing.key").exists()
    assert not [p for p in (tmp_path / "releases").rglob("*") if p.suffix == ".key"]


@pytest.mark.parametrize("content", [b"", b"x", b"-----BEGIN PRIVATE KEY-----\n"])
def test_an_unreadable_key_is_told_and_never_replaced(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    path.write_bytes(content)
    with pytest.raises(ImpossibleError, match="aus der Sicherung zurückholen"):
        signing.key(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "text",
    ["", "# nur ein Satz\n", "ed25519 x y\n", "rsa 00 00", f"ed25519 0123456789abcdef {'A' * 43}="],
)  # fmt: skip
def test_a_list_without_keys_trusts_nobody(text: str) -> None:
    with pytest.raises(SignatureError):
        signatures.keys(text)


def other_key(releases: Path) -> Path:
    """Move the key away, so that the next build makes another one; where the old one is now."""
    kept = releases.parent / "vault" / "signing.key"
    return kept.rename(kept.with_name("alt.key"))


def test_another_key_is_refused_until_a_person_trusts_it(tmp_path: Path) -> None:
    root = tmp_path / "releases"
    first, waiting = candidate(root, 1), candidate(root, 2)
    publishing.publish(root, first, "Bert")
    trusted = (root / "trusted.pub").read_text("ascii")
    old = other_key(root)
    assert refused(candidate, root, 3) == ("release_untrusted", "x")
    assert [p.name for p in root.glob(".building-*")] == []
    assert (root / "trusted.pub").read_text("ascii") == trusted
    # Both persons append the line: old and new releases are good now.
    new = (root.parent / "vault" / "signing.pub").read_text("ascii")
    (root / "trusted.pub").write_text(f"{trusted}# seit heute\n{new}", "ascii")
    second = candidate(root, 3)
    for name in (waiting, second):
        publishing.publish(root, name, "Bert")
    assert publishing.rollback(root, "Cem", "Grund", first).release == first
    assert journal.journal(root).keys == {trusted.split()[1], new.split()[1]}
    # The old key was stolen: what it signed is no more.
    (root / "trusted.pub").write_text(new, "ascii")
    assert refused(publishing.rollback, root, "Cem", "Grund", waiting) == (
        "release_untrusted",
        waiting,
    )
    old.unlink()


def test_a_release_of_a_stranger_is_refused_by_prepare_and_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, strange = tmp_path / "a" / "releases", tmp_path / "b" / "releases"
    good, bad = candidate(root, 1), candidate(strange, 2)
    publishing.publish(root, good, "Bert")
    shutil.copytree(strange / bad, root / bad)
    assert refused(publishing.publish, root, bad, "Bert") == ("release_untrusted", bad)
    (root / "current").write_text(bad)
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(root))
    with pytest.raises(releases.ReleaseError, match="Unterschrift der Statistikstelle"):
        releases.current()


def test_a_lost_list_of_keys_is_not_made_anew(tmp_path: Path) -> None:
    root = tmp_path / "releases"
    publishing.publish(root, candidate(root, 1), "Bert")
    other_key(root)
    (root / "trusted.pub").unlink()
    for content in (None, "x"):
        if content is not None:
            (root / "trusted.pub").write_text(content)
        with pytest.raises(ImpossibleError, match="Liste der Schlüssel"):
            candidate(root, 2)


def test_the_key_can_lie_elsewhere(tmp_path: Path) -> None:
    folder, key = small_city.write(tmp_path), tmp_path / "stick" / "amt.key"
    done = prepare("build", folder, "--releases", tmp_path / "r", "--by", "A", "--key", key)
    assert done.returncode == 0
    assert key.exists() and not (tmp_path / "vault" / "signing.key").exists()
    [name] = inspection.ids(tmp_path / "r")
    key_of = inspection.whole(tmp_path / "r", name).key
    assert signatures.key_line(key_of) == (tmp_path / "stick" / "amt.pub").read_text("ascii")


def lines(root: Path) -> list[bytes]:
    return (root / "log.jsonl").read_bytes().splitlines()


def published(root: Path, number: int) -> None:
    for value in range(number):
        publishing.publish(root, candidate(root, value), "Bert")


def test_the_log_is_a_chain(tmp_path: Path) -> None:
    root = tmp_path / "releases"
    published(root, 3)
    told = [json.loads(line)["before"] for line in lines(root)]
    assert told == ["0" * 64, line_hash(root, 0), line_hash(root, 1)]
    assert journal.journal(root).broken == ()
    assert logged.log(root) == 0


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda all_: [all_[0].replace(b"Bert", b"Cora"), *all_[1:]], (2,)),
        (lambda all_: [all_[0], *all_[2:]], (2,)),
        (lambda all_: all_[1:], (1,)),
        (lambda all_: [all_[1], all_[0], *all_[2:]], (1, 2, 3)),
        (lambda all_: [*all_[:2], all_[1], *all_[2:]], (3,)),
        (lambda all_: [*all_[:2], b'{"note": "eingefuegt"}', *all_[2:]], (3, 4)),
    ],
    ids=["changed", "taken out", "first taken out", "swapped", "doubled", "put in"],
)
def test_whoever_changes_the_log_breaks_the_chain(
    change: Callable[[list[bytes]], list[bytes]],
    broken: tuple[int, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = tmp_path / "releases"
    published(root, 4)
    (root / "log.jsonl").write_bytes(b"\n".join(change(lines(root))) + b"\n")
    assert journal.journal(root).broken == broken
    assert logged.log(root, as_json=True) == 1
    assert json.loads(capsys.readouterr().out)["broken"] == list(broken)
    assert logged.log(root) == 1
    assert f"Zeile {broken[0]} schließt nicht an die davor an" in capsys.readouterr().err


def test_a_log_without_its_hashes_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines that name a key are younger than the chain; the withdrawal at the end is taken off."""
    root = tmp_path / "releases"
    published(root, 2)
    first = journal.journal(root).entries[0].release
    withdrawing.withdraw(root, tmp_path / "vault", first, "Cem", "Grund")
    assert logged.log(root, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == []
    told = [json.loads(line) for line in lines(root)[:-1]]
    for line in told:
        del line["before"]
    (root / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in told), "utf-8")
    assert journal.journal(root).broken == (1, 2)
    for line in told:
        del line["key"]
    (root / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in told), "utf-8")
    assert logged.log(root, as_json=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["broken"] == []
    assert found["warnings"] == [
        f"{first} trägt einen Grabstein, aber im Protokoll fehlt die Zurückziehung. Mit der "
        "Sicherung vergleichen."
    ]


def test_a_last_line_that_is_none_any_more_is_told(tmp_path: Path) -> None:
    root = tmp_path / "releases"
    published(root, 2)
    (root / "log.jsonl").write_bytes(lines(root)[0] + b"\nx\n")
    (root / "current").write_text(journal.journal(root).shown[-1])
    assert (journal.journal(root).unreadable, logged.log(root)) == ((2,), 1)


def test_a_log_from_before_the_chain_goes_on(tmp_path: Path) -> None:
    root = tmp_path / "releases"
    published(root, 2)
    older = [json.loads(line) for line in lines(root)]
    for line in older:
        del line["before"], line["key"]
    text = "".join(json.dumps(line) + "\n" for line in older)
    (root / "log.jsonl").write_text(text, "utf-8")
    publishing.publish(root, candidate(root, 9), "Bert")
    told = journal.journal(root)
    assert (len(told.entries), told.broken) == (3, ())
    assert json.loads(lines(root)[2])["before"] == line_hash(root, 1)
    (root / "log.jsonl").write_bytes(
        b"\n".join([lines(root)[0], lines(root)[1].replace(b"Bert", b"Cora"), lines(root)[2]])
    )
    assert journal.journal(root).broken == (3,), "the first link holds the line before the chain"


def test_a_line_cut_off_by_a_crash_breaks_no_chain(tmp_path: Path) -> None:
    root = tmp_path / "releases"
    published(root, 1)
    with (root / "log.jsonl").open("ab") as file:
        file.write(b'{"time": "2026-11-25T10:00')
    publishing.publish(root, candidate(root, 9), "Bert")
    told = journal.journal(root)
    assert (told.unreadable, told.broken, len(told.entries)) == ((2,), (), 2)


def test_names_of_the_files_beside_releases_are_no_ids() -> None:
    names = (manifest.CURRENT, manifest.TRUSTED, manifest.TOMBSTONE, manifest.MANIFEST)
    assert [name for name in names if manifest.is_id(name)] == ["current"]
