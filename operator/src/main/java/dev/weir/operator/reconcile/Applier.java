package dev.weir.operator.reconcile;

import dev.weir.operator.children.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the objects of a class by server-side apply, and only those that are not as wanted.
///
/// What others changed of the operator's fields is taken back; what they added stays. Thread-safe.
final class Applier {
  private static final Logger log = LoggerFactory.getLogger(Applier.class);

  /// Objects without a cache are applied anew after this long, in case someone changed them.
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final ChildSources sources;
  private final ApiWrites writes;
  private final InstantSource clock;
  private final Map<String, Applied> uncached = new ConcurrentHashMap<>();

  /// Of objects that have one: as it was when the object was last applied.
  private final Map<String, Long> generations = new ConcurrentHashMap<>();

  private record Applied(String hash, Instant at) {}

  Applier(KubernetesClient client, ChildSources sources, ApiWrites writes, InstantSource clock) {
    this.client = client;
    this.sources = sources;
    this.writes = writes;
    this.clock = clock;
  }

  /// Applies objects in their order.
  ///
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException at the first that fails; those
  ///   before it are done
  void apply(List<? extends HasMetadata> objects) {
    objects.forEach(this::apply);
  }

  private void apply(HasMetadata object) {
    Wanted wanted = Wanted.of(object);
    if (done(wanted)) {
      return;
    }
    HasMetadata now =
        client
            .resource(object)
            .fieldManager(Names.FIELD_MANAGER)
            .forceConflicts()
            .serverSideApply();
    writes.count(object, "");
    sources.written(now);
    remember(now);
    if (!sources.known(object)) {
      uncached.put(id(object), new Applied(wanted.hash(), clock.instant()));
    }
    log.atInfo().addKeyValue("object", id(object)).log("applied");
  }

  private void remember(HasMetadata now) {
    Long generation = now.getMetadata().getGeneration();
    if (generation != null) {
      generations.put(id(now), generation);
    }
  }

  private boolean done(Wanted wanted) {
    HasMetadata object = wanted.object();
    if (sources.known(object)) {
      return wanted.is(sources.find(object).orElse(null), generations.get(id(object)));
    }
    Applied last = uncached.get(id(object));
    return last != null
        && last.hash().equals(wanted.hash())
        && clock.instant().isBefore(last.at().plus(SWEEP));
  }

  /// `DaemonSet/weir-agents/default-agent`, `ClusterRoleBinding/weir-default-agent`.
  private static String id(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return object.getKind()
        + "/"
        + (namespace == null ? "" : namespace + "/")
        + object.getMetadata().getName();
  }

  /// Deletes the objects of a class that are not wanted any more.
  void deleteOthers(String className, List<? extends HasMetadata> wanted) {
    Set<String> ids = wanted.stream().map(Applier::id).collect(Collectors.toSet());
    for (HasMetadata object : sources.of(className)) {
      if (!ids.contains(id(object)) && owned(object, className)) {
        client.resource(object).delete();
        writes.count(object, "");
        generations.remove(id(object));
        log.atInfo().addKeyValue("object", id(object)).log("deleted, as nothing needs it any more");
      }
    }
  }

  /// Labels alone do not make an object the operator's.
  private static boolean owned(HasMetadata object, String className) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner -> owner.getKind().equals("LogAgentClass") && owner.getName().equals(className));
  }
}
