"""How static files are named where they are served: by their content, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package has no types
    """Names with a digest in pages, in styles, and in what one script imports from another; compressed once, beforehand."""

    support_js_module_import_aggregation = True
