package dev.weir.agent.logging;

/// One key of a line with its value as text.
record Field(String key, String value) {}
