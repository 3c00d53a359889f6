package dev.weir.agent.loki.process.stage;

/// The thread was interrupted while a stage waited: nothing of the batch counts as delivered.
public final class StageInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StageInterruptedException(InterruptedException cause) {
    super(cause);
  }

  /// The same for callers that know of interruption.
  public InterruptedException asInterruption() {
    var interruption = new InterruptedException("interrupted in a stage");
    interruption.initCause(this);
    return interruption;
  }
}
