package dev.weir.agent.faults.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What a [Ledger] found.
///
/// @param owed lines that producers have written
/// @param lost of them, those that never arrived
/// @param repeated pushes of lines beyond the first, the same in labels, time and bytes: what Loki
///   shows once
/// @param doubled lines that arrived again under another time or other labels: what Loki shows
///   twice
/// @param altered lines that say whose they are and differ from what was written
/// @param foreign lines that say nothing, or that nobody has written
/// @param disordered lines of a stream that came to Loki after a later one of their producer
/// @param examples of what is wrong, a few
public record Verdict(
    long owed,
    long lost,
    long repeated,
    long doubled,
    long altered,
    long foreign,
    long disordered,
    List<String> examples) {
  /// Every line is there once, whole and in order; pushes may have been repeated.
  public Verdict assertEveryLineOnce() {
    assertThat(List.of(lost, doubled, altered, foreign, disordered))
        .as("lost, doubled, altered, foreign, disordered; seed %d; %s", Seed.VALUE, this)
        .containsOnly(0L);
    return this;
  }

  /// As [#assertEveryLineOnce], but lines of a stream may have come in another order, which a Loki
  /// sorts by their times.
  public Verdict assertEveryLineOnceInAnyOrder() {
    assertThat(List.of(lost, doubled, altered, foreign))
        .as("lost, doubled, altered, foreign; seed %d; %s", Seed.VALUE, this)
        .containsOnly(0L);
    return this;
  }

  /// No line was even sent twice.
  public Verdict assertNothingRepeated() {
    assertThat(repeated).as("repeated; seed %d; %s", Seed.VALUE, this).isZero();
    return this;
  }
}
