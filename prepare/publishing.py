"""Publishing: a built release becomes the shown one, approved by a second person and logged."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from model import signatures
from prepare import inspection, journal, locking, release, release_folders, signing, switching
from prepare.failures import ImpossibleError
from prepare.findings import Finding, PreparationError
from prepare.inspection import Whole
from prepare.journal import Entry


def publish(releases: Path, name: str, approved_by: str, note: str = "") -> Entry | None:
    """Show the release from now on; the entry of the log, None if it is shown already.

    Every file and the signature are verified first; the first publication decides which key is
    trusted from then on. Raises PreparationError if the release is unknown, damaged, withdrawn
    or signed by another key, or the approval is not that of a second person; ImpossibleError or
    OSError if nothing can be written, and then the old release is still shown.
    """
    approver = person(approved_by, name)
    found = inspection.whole(releases, name)
    _check_format(found)
    release_folders.refuse_others(releases, str(found.manifest["audience"]), name)
    _check_second_person(found, approver)
    with locking.locked(releases):
        found = inspection.whole(releases, name)  # it may have been withdrawn meanwhile
        if switching.is_shown(releases, name):
            return None
        if found.key:
            signing.trust(found.key, releases)
        entry = Entry(
            switching.now(),
            "publish",
            name,
            found.builder,
            approver,
            switching.previous(releases),
            note,
            key=signatures.key_id(found.key) if found.key else None,
        )
        return switching.switch(releases, entry, name)


def rollback(releases: Path, by: str, reason: str, to: str | None = None) -> Entry:
    """Show again what was published before, or the published release `to`; the log's entry.

    Raises PreparationError if there is none, if pointer and log disagree on what is shown and `to`
    is None, if `to` was never published, is damaged or was withdrawn, or if nobody or no reason is
    named; ImpossibleError or OSError as `publish`.
    """
    who = person(by, to or "rollback")
    why = reason_given(reason, to or "rollback")
    if not releases.is_dir():
        raise ImpossibleError(f"Ordner der Datenstände nicht gefunden: {releases}")
    with locking.locked(releases):
        log = journal.journal(releases)
        target = to if to is not None else _before(releases, log)
        found = inspection.whole(releases, target)
        if target not in log.published:
            raise _refused(
                "release_unpublished",
                target,
                "Dieser Datenstand wurde nie veröffentlicht; rollback führt nur zurück.",
                "Mit publish veröffentlichen, nach Freigabe durch eine zweite Person.",
            )
        _check_format(found)
        release_folders.refuse_others(releases, str(found.manifest["audience"]), target)
        if switching.is_shown(releases, target):
            message = "Dieser Datenstand gilt bereits."
            raise _refused("release_shown", target, message, "Mit log nachsehen, was davor galt.")
        before = switching.previous(releases)
        entry = Entry(switching.now(), "rollback", target, who, None, before, why)
        return switching.switch(releases, entry, target)


def shown(releases: Path, city: str) -> str | None:
    """The city's release that is shown, or was last; None if none of it was ever published.

    One whose folder is gone, as after a damage, does not count. Raises ImpossibleError if the
    pointer is unreadable, PreparationError if the release is damaged.
    """
    now, log = inspection.pointer(releases), journal.journal(releases)
    there = {*inspection.ids(releases)} - {*log.withdrawn}
    if now in there and inspection.whole(releases, now).manifest["city"] == city:
        return now
    for name in reversed(log.shown):
        if name in there and inspection.whole(releases, name).manifest["city"] == city:
            return name
    return None


def person(name: str, about: str) -> str:
    """A name with single spaces, for an action on `about`.

    Raises PreparationError if it is empty.
    """
    found = " ".join(name.split())
    if not found:
        raise _refused("person_missing", about, "Es ist kein Name angegeben.", "Namen angeben.")
    return found


def reason_given(text: str, about: str) -> str:
    """The reason of an action on `about`. Raises PreparationError if it is empty."""
    if not text.strip():
        raise _refused("reason_missing", about, "Der Grund fehlt.", "--reason angeben.")
    return text


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for case, spaces and how umlauts are encoded."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _check_format(found: Whole) -> None:
    """Refuse what the application could not show."""
    if found.manifest["format"] != release.FORMAT:
        raise _refused(
            "release_format",
            found.folder.name,
            "Der Datenstand stammt von einer anderen Version dieses Programms; die Anwendung "
            "könnte ihn nicht zeigen.",
            "Mit dieser Version neu bauen und veröffentlichen.",
        )


def _check_second_person(found: Whole, approver: str) -> None:
    if not found.builder:
        raise _refused(
            "person_missing",
            found.folder.name,
            "Es steht nicht fest, wer diesen Datenstand gebaut hat.",
            "Den Ordner dieses Datenstands löschen und mit build --by NAME neu bauen.",
        )
    if same_person(found.builder, approver):
        raise _refused(
            "approval_same_person",
            found.folder.name,
            f'"{approver}" hat den Datenstand gebaut und darf ihn nicht selbst freigeben.',
            "Eine zweite Person prüft und gibt frei: --approved-by NAME.",
        )


def _refused(rule: str, about: str, message: str, remedy: str) -> PreparationError:
    return PreparationError([Finding(rule, about, "", message, remedy)])


def _before(releases: Path, log: journal.Journal) -> str:
    """What a rollback without a name comes back to.

    An interrupted rollback is repeated, and an unreadable pointer set to what the log says.
    """
    if log.shown and not switching.is_shown(releases, log.shown[-1]):
        _check_meant(releases, log)
        return log.shown[-1]
    if len(log.shown) < 2:
        raise _refused(
            "release_unpublished",
            log.shown[-1] if log.shown else journal.FILE,
            "Davor wurde kein Datenstand veröffentlicht.",
            "Einen Datenstand bauen und veröffentlichen.",
        )
    return log.shown[-2]


def _check_meant(releases: Path, log: journal.Journal) -> None:
    """Refuse to guess what a rollback goes back from, where pointer and log disagree on that."""
    last = log.entries[-1]
    if last.action == "rollback" and last.previous == switching.previous(releases):
        return
    try:
        pointed = inspection.pointer(releases)
    except ImpossibleError:
        return
    raise _refused(
        "release_unclear",
        log.shown[-1],
        f"Nach dem Protokoll gilt dieser Datenstand, der Zeiger nennt {pointed or 'keinen'}: Ein "
        "Aufruf wurde unterbrochen.",
        "Mit --to DATENSTAND sagen, welcher gelten soll, oder den letzten Aufruf wiederholen.",
    )
