"""Answers as tables that a person likes to read, Chinese first, English by a switch. One answer, one file."""
