package dev.weir.operator.reconcile;

import dev.weir.operator.api.LogAgentClass;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import org.jspecify.annotations.Nullable;

/// The classes, from their controller's cache, and a way to have one planned anew. Thread-safe.
final class Classes {
  private final SimpleInboundEventSource<LogAgentClass> events =
      new SimpleInboundEventSource<>("pipelines-changed");
  private final Debounce debounce;
  private volatile @Nullable Cache<LogAgentClass> cache;

  Classes(Debounce debounce) {
    this.debounce = debounce;
  }

  void cache(Cache<LogAgentClass> filled) {
    cache = filled;
  }

  SimpleInboundEventSource<LogAgentClass> events() {
    return events;
  }

  boolean exists(String name) {
    Cache<LogAgentClass> known = cache;
    return known != null && known.get(new ResourceID(name)).isPresent();
  }

  /// A pipeline of the class changed: it is planned anew once that is quiet.
  void changed(String name) {
    debounce.touch(name);
    events.propagateEvent(new ResourceID(name));
  }
}
