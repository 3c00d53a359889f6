package dev.weir.agent.loki.write;

import dev.weir.agent.loki.Delivery;

/// A push that waits for Loki's answer.
///
/// @param tenant empty for none
/// @param since when its first entry came, by `System.nanoTime`
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Push(String tenant, TenantMetrics metrics, Part whole, Delivery[] deliveries, long since) {
  /// A push request or a piece of one, compressed: exactly what every attempt sends.
  ///
  /// @param bytes from the shard's pool, so mostly longer than `length`
  /// @param size encoded bytes before compression
  /// @param payload bytes of text and structured metadata
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Part(byte[] bytes, int length, int size, int entries, long payload) {}

  /// The entries are delivered, or dropped and counted.
  void release() {
    for (Delivery delivery : deliveries) {
      delivery.release();
    }
  }

  /// The entries are given up unsent.
  void fail() {
    for (Delivery delivery : deliveries) {
      delivery.fail();
    }
  }
}
