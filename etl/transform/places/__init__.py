"""Locate the places of meetings: find the city, state or country that a Hindi place name means in its article."""
