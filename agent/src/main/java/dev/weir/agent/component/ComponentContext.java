package dev.weir.agent.component;

import dev.weir.agent.metrics.ComponentMetrics;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;

/// All that a component may touch outside itself.
///
/// Thread-safe.
public interface ComponentContext {
  /// The component's id: `loki.write.default`.
  String id();

  /// A logger whose lines carry the component's id.
  Logger log();

  /// A directory of the component's own, `<storage path>/<id>`; made by who first writes there.
  Path dataPath();

  /// The component's meters: they carry its id, and vanish with it.
  ComponentMetrics metrics();

  /// The time of day. For durations use `System.nanoTime`.
  InstantSource clock();

  /// Publishes new exports. What depends on them is evaluated anew, later and on another thread,
  /// unless they equal the last ones.
  void publish(Record exports);

  /// Limits and paths that hold for the whole agent.
  AgentSettings agent();

  /// What the component may do besides what it is told. It stays the same as long as the component
  /// lives.
  default Policy policy() {
    return Policy.OPEN;
  }

  /// Memory that the component shares with others.
  default Buffers buffers() {
    return Buffers.UNLIMITED;
  }
}
