"""The reader of meetings: its training data, its training and its evaluation."""
