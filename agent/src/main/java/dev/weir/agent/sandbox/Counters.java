package dev.weir.agent.sandbox;

import java.util.concurrent.atomic.LongAdder;

/// What arrives, counted. Thread-safe.
final class Counters {
  final LongAdder pushes = new LongAdder();
  final LongAdder bodyBytes = new LongAdder();
  final LongAdder decodedBytes = new LongAdder();
  final LongAdder entries = new LongAdder();
  final LongAdder lineBytes = new LongAdder();
  final LongAdder queries = new LongAdder();

  void add(PushSize size) {
    decodedBytes.add(size.decodedBytes());
    entries.add(size.entries());
    lineBytes.add(size.lineBytes());
  }
}
