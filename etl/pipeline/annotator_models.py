"""The models that annotate: their folder and version."""

from pathlib import Path

from etl.config import Settings
from etl.transform.annotate import annotator_version, fetch_official


def models_dir(settings: Settings) -> Path:
    """Return the folder of the models; download the official ones first if the settings ask for them."""
    if settings.official_models:
        fetch_official(settings.models_dir)
    return settings.models_dir


def models_version(settings: Settings) -> str:
    """Return the version of the current models."""
    return annotator_version(models_dir(settings))
