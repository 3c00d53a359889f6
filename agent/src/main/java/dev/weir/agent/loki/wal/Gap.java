package dev.weir.agent.loki.wal;

/// Entries that an outlet does not get.
///
/// @param text their bytes of text and structured metadata
record Gap(long entries, long text) {
  static final Gap NONE = new Gap(0, 0);

  static Gap between(Place from, Place to) {
    return new Gap(
        Math.max(0, to.sequence() - from.sequence()), Math.max(0, to.text() - from.text()));
  }

  Gap plus(Gap other) {
    return new Gap(entries + other.entries, text + other.text);
  }

  boolean isEmpty() {
    return entries == 0;
  }
}
