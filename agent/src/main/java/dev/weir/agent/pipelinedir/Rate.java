package dev.weir.agent.pipelinedir;

/// How fast a total grows, over windows of minutes: from samples taken every so often.
///
/// Not thread-safe.
final class Rate {
  /// As many as five minutes of one every ten seconds, and both ends.
  private static final int SAMPLES = 32;

  private static final double NANOS = 1e9;

  private final long[] times = new long[SAMPLES];
  private final double[] totals = new double[SAMPLES];
  private int count;

  /// Takes a sample. A total below the last one has begun anew.
  ///
  /// @param nanos by `System.nanoTime`
  /// @return by how much it has grown
  double sample(long nanos, double total) {
    double last = count == 0 ? 0 : totals[(count - 1) % SAMPLES];
    if (total < last) {
      count = 0;
      last = 0;
    }
    times[count % SAMPLES] = nanos;
    totals[count % SAMPLES] = total;
    count++;
    if (count == 2 * SAMPLES) {
      count = SAMPLES;
    }
    return total - last;
  }

  /// Growth per second in a window that ends with the last sample; in what is known of it, as long
  /// as it is not known whole.
  double perSecond(long windowNanos) {
    if (count < 2) {
      return 0;
    }
    int newest = count - 1;
    int oldest = newest;
    int last = Math.max(0, count - SAMPLES);
    while (oldest > last && times[newest % SAMPLES] - times[oldest % SAMPLES] < windowNanos) {
      oldest--;
    }
    long nanos = times[newest % SAMPLES] - times[oldest % SAMPLES];
    return nanos <= 0 ? 0 : (totals[newest % SAMPLES] - totals[oldest % SAMPLES]) * NANOS / nanos;
  }
}
