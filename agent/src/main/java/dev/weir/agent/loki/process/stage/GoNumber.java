package dev.weir.agent.loki.process.stage;

import dev.weir.agent.go.GoFloat;

/// Numbers as Go's JSON encoder writes them.
final class GoNumber {
  private static final double LARGE = 1e21;
  private static final double SMALL = 1e-6;

  private GoNumber() {}

  static String json(double number) {
    double magnitude = Math.abs(number);
    if (magnitude == 0 || (magnitude >= SMALL && magnitude < LARGE)) {
      return GoFloat.plain(number);
    }
    String text = GoFloat.format(number, 'e', GoFloat.SHORTEST);
    // Go leaves out the zero of a short negative exponent.
    return text.replaceFirst("e-0(\\d)$", "e-$1");
  }
}
