package dev.weir.operator.reconcile;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions of operator and agents, which move together.
final class Releases {
  private static final Pattern TAG = Pattern.compile(":v?([0-9]+)\\.([0-9]+)\\.([0-9]+)[^/]*$");

  private Releases() {}

  /// Why an operator must not drive agents of an image; empty when it may.
  ///
  /// It knows the agents of its own version and older ones; of an image without a version in its
  /// tag it cannot tell.
  static Optional<String> tooNew(String image, String version) {
    Matcher agent = TAG.matcher(image);
    Matcher own = TAG.matcher(":" + version);
    if (!agent.find() || !own.find() || Arrays.compare(numbers(agent), numbers(own)) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        "spec.image: agents of %s are newer than this operator, which is %s. Upgrade the operator first."
            .formatted(image, version));
  }

  private static int[] numbers(Matcher version) {
    return new int[] {
      Integer.parseInt(version.group(1)),
      Integer.parseInt(version.group(2)),
      Integer.parseInt(version.group(3))
    };
  }
}
