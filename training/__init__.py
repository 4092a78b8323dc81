"""Train the Hindi Stanza models of this project from public corpora."""
