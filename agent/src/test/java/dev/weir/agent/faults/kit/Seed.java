package dev.weir.agent.faults.kit;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.slf4j.LoggerFactory;

/// The one seed of a run, printed when it is first used; `-Dweir.seed=N` runs with the same again.
public final class Seed {
  /// What every choice of the suite comes from.
  public static final long VALUE = choose();

  private Seed() {}

  private static long choose() {
    long seed = Long.getLong("weir.seed", System.nanoTime() & Integer.MAX_VALUE);
    LoggerFactory.getLogger(Seed.class).atInfo().addKeyValue("weir.seed", seed).log("fault suite");
    return seed;
  }

  /// Choices of their own for whoever asks under a name.
  public static RandomGenerator random(String name) {
    return RandomGeneratorFactory.of("SplittableRandom").create(VALUE ^ name.hashCode());
  }
}
