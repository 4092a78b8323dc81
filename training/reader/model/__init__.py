"""The learned reader: an encoder reads an article in chunks and tells its meetings.

`page` says what the encoder may look at and choose from, `pieces` and `chunks` cut it to what fits into one pass,
`network` reads, `decode` makes meetings of what it read, `reader` puts these together.
"""
