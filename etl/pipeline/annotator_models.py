"""Which models annotate: where they lie, and what names their version."""

from pathlib import Path

from etl.config import Settings
from etl.transform.annotate import annotator_version, fetch_official


def models_dir(settings: Settings) -> Path:
    """Return the folder of the models, filled by download where the official ones are wanted."""
    if settings.official_models:
        fetch_official(settings.models_dir)
    return settings.models_dir


def models_version(settings: Settings) -> str:
    """Return the version of the models that annotate now."""
    return annotator_version(models_dir(settings))
