"""The way in: `streamlit run streamlit_app.py`, or any ASGI server on `streamlit_app:app`."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from components import access, embedding, gate, images, layout, web


@asynccontextmanager
async def warm(_app: Any) -> AsyncIterator[None]:
    """Import what every page needs and load the release before the first visitor comes."""
    from components import warmup

    warmup.run()
    yield


def log_error(error: Exception) -> bool:
    """Keep the traceback in the log and give the reader a German sentence instead."""
    logging.getLogger("quartierspuls").exception("page failed", exc_info=error)
    layout.failure()
    return True


try:
    access.check()
except access.StartError as error:
    sys.exit(f"Quartierspuls startet nicht: {error}")

app = st.App(
    Path(__file__).parent / "pages" / "frame.py",
    lifespan=warm,
    routes=[*web.routes(), *images.routes(), *embedding.routes()],
    middleware=[*gate.middleware(), Middleware(web.Shell)],
    secrets=access.secrets(),
    on_script_error=log_error,
)
