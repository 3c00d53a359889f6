package dev.weir.agent.runtime;

import dev.weir.agent.component.Health;
import dev.weir.agent.component.Report;
import dev.weir.agent.metrics.ComponentMetrics;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One component of a module, for whoever watches over it.
///
/// @param id within the module: `loki.write.out_0`
/// @param type `loki.write`
/// @param reaches of what reads: ids of all that it refers to, directly or through others
/// @param health of how it was evaluated, how it runs and what it says itself
/// @param evaluation of how it was evaluated alone
/// @param report null when it neither reads nor delivers
/// @param metrics its meters
public record ModulePart(
    String id,
    String type,
    Set<String> reaches,
    Health health,
    Health evaluation,
    @Nullable Report report,
    ComponentMetrics metrics) {
  public ModulePart {
    reaches = Set.copyOf(reaches);
  }
}
