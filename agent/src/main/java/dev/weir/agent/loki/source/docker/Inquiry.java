package dev.weir.agent.loki.source.docker;

import java.time.Instant;

/// Why the Engine is asked about a container.
sealed interface Inquiry {
  /// It is new: what is it?
  enum Introduction implements Inquiry {
    WHAT
  }

  /// Its name has changed.
  enum Renamed implements Inquiry {
    HOW
  }

  /// Its log has ended: does it run all the same, so that it has started again?
  enum Running implements Inquiry {
    WHETHER
  }

  /// It does not run: did it end while nobody looked?
  ///
  /// @param moment since when nobody looked
  record EndedSince(Instant moment) implements Inquiry {}
}
