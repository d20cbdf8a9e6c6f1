"""Descriptions of a release in open formats, written into it beside the data."""

from __future__ import annotations

from model.catalog import Catalog
from model.manifest import Entries
from prepare import contents, datapackage, dcat, dcat_nodes, release
from prepare.release import Content


def texts(catalog: Catalog, content: Content, entries: Entries) -> dict[str, str]:
    """Metadata files by path, from the `entries` of all other files.

    The data package comes last and lists the other description like any file.
    """
    portal = dcat.text(catalog, content, contents.files(catalog, content, entries))
    everything = {**entries, dcat_nodes.FILE: release.entry(portal.encode())}
    files = contents.files(catalog, content, everything)
    return {
        dcat_nodes.FILE: portal,
        datapackage.FILE: datapackage.text(catalog, content, files),
    }
