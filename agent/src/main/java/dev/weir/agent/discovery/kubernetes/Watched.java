package dev.weir.agent.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The objects of one kind that are watched, in one or more namespaces.
///
/// Thread-safe.
final class Watched<T extends HasMetadata> {
  private final List<SharedIndexInformer<T>> informers;

  Watched(List<SharedIndexInformer<T>> informers) {
    this.informers = informers;
  }

  /// Every object there is.
  Stream<T> all() {
    return informers.stream().flatMap(informer -> informer.getStore().list().stream());
  }

  /// The object of that name, or null.
  ///
  /// @param namespace null for objects that are in none
  @Nullable T get(@Nullable String namespace, @Nullable String name) {
    String key = namespace == null ? name : namespace + "/" + name;
    return informers.stream()
        .map(informer -> informer.getStore().getByKey(key))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
