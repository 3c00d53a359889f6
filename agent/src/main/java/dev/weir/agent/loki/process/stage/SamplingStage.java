package dev.weir.agent.loki.process.stage;

import dev.weir.agent.river.eval.Default;
import java.util.Locale;
import java.util.SplittableRandom;

/// `stage.sampling`: keeps a part of the entries, chosen at random, and drops the others.
final class SamplingStage {
  static final StageType<Arguments> TYPE =
      new StageType<>("sampling", Arguments.class, SamplingStage::stage);

  /// @param rate the part to keep, from 0 to 1
  /// @param dropCounterReason reason that the dropped are counted with
  record Arguments(double rate, @Default("\"sampling_stage\"") String dropCounterReason) {
    Arguments {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException(
            "sampling stage failed to parse rate,Sampling Rate must be between 0.0 and 1.0,"
                + " received "
                + String.format(Locale.ROOT, "%f", rate));
      }
    }
  }

  private SamplingStage() {}

  private static Stage stage(Arguments arguments, StageContext context) {
    var random = new SplittableRandom();
    double rate = arguments.rate();
    String reason = arguments.dropCounterReason();
    return (entry, out) -> {
      // Below 1 for certain, so that a rate of 1 keeps all.
      if (random.nextDouble() < rate) {
        out.emit(entry);
      } else {
        context.dropped(reason, 1);
      }
    };
  }
}
