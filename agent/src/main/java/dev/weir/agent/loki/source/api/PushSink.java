package dev.weir.agent.loki.source.api;

import dev.weir.agent.loki.Metadata;

/// Takes what a push holds, in order.
interface PushSink {
  /// Takes nothing: for reading a push only to see whether it is one.
  PushSink NOWHERE =
      new PushSink() {
        @Override
        public void stream(String labels) {}

        @Override
        public void entry(
            long timestamp, byte[] buffer, int offset, int length, Metadata metadata) {}
      };

  /// The entries that follow are of this stream.
  ///
  /// @param labels as pushes spell them: `{a="x", b="y"}`
  void stream(String labels);

  /// An entry. The text is a slice of an array that is not changed any more.
  ///
  /// @param timestamp nanoseconds since 1970 UTC
  void entry(long timestamp, byte[] buffer, int offset, int length, Metadata metadata)
      throws InterruptedException;
}
