SELECT text_sha256 FROM meta.view_definition;
