package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;

/// One step of a pipeline.
///
/// There is one instance per lane, called by one thread at a time, in order of arrival; what lanes
/// must share (a rate limit, a metric) lives in the stage's [StageContext]. A stage never logs per
/// entry above debug, starts no thread, and reads the clock only through its context. An error in
/// an entry is no error of the stage: it passes the entry on.
@FunctionalInterface
public interface Stage {
  /// Passes the entry on ([Output#emit]) once, not at all to drop it, or several times to split it.
  ///
  /// A stage that drops says so with [StageContext#dropped]. The entry is lent: to hold one back,
  /// copy it and retain the delivery of its batch.
  void process(Entry entry, Output out);

  /// Releases held entries that are due; called now and then.
  ///
  /// @param nowNanos of `System.nanoTime`
  default void flush(long nowNanos, Output out) {}

  /// Releases everything held; called before the stage is given up.
  default void finish(Output out) {}

  /// The same where the source stops in the middle and will read again whatever was not delivered:
  /// what is held and not whole may be given up instead ([dev.weir.agent.loki.Delivery#fail]).
  default void suspend(Output out) {
    finish(out);
  }
}
