package dev.weir.agent.kubernetes;

import dev.weir.agent.component.Shared;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// All namespaces of a cluster, by a watch of the API server that everything in this process
/// shares.
public final class ClusterNamespaces implements Namespaces {
  private static final Shared<Place, ClusterNamespaces> ALL =
      new Shared<>(ClusterNamespaces::new, ClusterNamespaces::close);

  private final Map<String, KnownNamespace> known = new ConcurrentHashMap<>();
  private final ObjectWatch<Namespace> watch;

  /// Which cluster.
  ///
  /// @param userAgent as the API server's audit log shows it
  public record Place(ClientArguments client, String userAgent) {}

  private ClusterNamespaces(Place place) {
    this.watch =
        new ObjectWatch<>(
            place.client(),
            place.userAgent(),
            "namespaces",
            client -> client.namespaces().runnableInformer(0),
            new Changes(),
            LoggerFactory.getLogger(ClusterNamespaces.class));
  }

  /// The namespaces of a cluster; the first lease begins to watch, the last one ends it.
  public static Shared.Lease<ClusterNamespaces> of(Place place) {
    return ALL.lease(place);
  }

  private void close() {
    watch.close();
  }

  /// Whether every namespace has been told of once.
  public boolean hasSynced() {
    return watch.hasSynced();
  }

  @Override
  public @Nullable KnownNamespace find(String name) {
    return known.get(name);
  }

  @Override
  public void addListener(ObjectWatch.Listener listener) {
    watch.addListener(listener);
  }

  @Override
  public void removeListener(ObjectWatch.Listener listener) {
    watch.removeListener(listener);
  }

  @Override
  public @Nullable String problem() {
    return watch.problem();
  }

  private final class Changes implements ObjectWatch.Objects<Namespace> {
    @Override
    public boolean found(Namespace object) {
      ObjectMeta metadata = object.getMetadata();
      var namespace =
          KnownNamespace.of(
              Objects.requireNonNullElse(metadata.getLabels(), Map.of()),
              Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
      return !namespace.equals(known.put(metadata.getName(), namespace));
    }

    @Override
    public boolean gone(Namespace object) {
      return known.remove(object.getMetadata().getName()) != null;
    }
  }
}
