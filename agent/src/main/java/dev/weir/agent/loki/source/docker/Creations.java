package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// What is known of containers, asked before they start: afterwards they may be gone before one can
/// ask. Belongs to the [Collector]'s thread.
final class Creations {
  private static final int MOST = 1000;

  private final Engine engine;
  private final Logger log;
  private final Map<String, ContainerDetails> created = new LinkedHashMap<>();

  Creations(Engine engine, Logger log) {
    this.engine = engine;
    this.log = log;
  }

  /// Learns of a container that has just been made.
  void remember(String id) throws InterruptedException {
    ContainerDetails details = ask(id);
    if (details != null) {
      created.put(id, details);
      if (created.size() > MOST) {
        forget(created.keySet().iterator().next());
      }
    }
  }

  void forget(String id) {
    created.remove(id);
  }

  /// What is known of a container, or null when the Engine does not tell; it is forgotten.
  @Nullable ContainerDetails take(String id) throws InterruptedException {
    ContainerDetails details = created.remove(id);
    return details != null ? details : ask(id);
  }

  /// Asks the Engine; null when it does not tell, which the next list will explain.
  @Nullable ContainerDetails ask(String id) throws InterruptedException {
    try {
      return engine.container(id);
    } catch (EngineException e) {
      log.atDebug()
          .addKeyValue("container", id)
          .addKeyValue("err", e.getMessage())
          .log("container not found");
      return null;
    }
  }
}
