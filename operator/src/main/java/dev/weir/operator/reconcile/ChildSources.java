package dev.weir.operator.reconcile;

import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.children.Names;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The caches of the operator's own objects: one a kind, of those that carry its label.
final class ChildSources {
  private static final String OWN = Names.MANAGED_BY + "=" + Names.FIELD_MANAGER;

  private final Map<Class<?>, InformerEventSource<? extends HasMetadata, LogAgentClass>> sources =
      new LinkedHashMap<>();
  private final InformerEventSource<Pod, LogAgentClass> pods;

  ChildSources(Settings settings, EventSourceContext<LogAgentClass> context) {
    Set<String> namespaces = settings.agentNamespaces();
    for (var kind :
        List.of(
            ConfigMap.class,
            Secret.class,
            ServiceAccount.class,
            Service.class,
            DaemonSet.class,
            Deployment.class,
            NetworkPolicy.class)) {
      add(kind, namespaces, context);
    }
    add(ClusterRoleBinding.class, null, context);
    // Agents come and go; the poll looks at them in its own time.
    pods = source(Pod.class, namespaces, context, false);
  }

  private <T extends HasMetadata> void add(
      Class<T> kind, @Nullable Set<String> namespaces, EventSourceContext<LogAgentClass> context) {
    sources.put(kind, source(kind, namespaces, context, true));
  }

  private static <T extends HasMetadata> InformerEventSource<T, LogAgentClass> source(
      Class<T> kind,
      @Nullable Set<String> namespaces,
      EventSourceContext<LogAgentClass> context,
      boolean events) {
    var configuration =
        InformerEventSourceConfiguration.from(kind, LogAgentClass.class)
            .withName(kind.getSimpleName().toLowerCase(Locale.ROOT))
            .withLabelSelector(OWN)
            .withSecondaryToPrimaryMapper(object -> events ? owner(object) : Set.of());
    if (namespaces == null) {
      configuration.withWatchAllNamespaces();
    } else {
      configuration.withNamespaces(namespaces);
    }
    return new InformerEventSource<>(configuration.build(), context);
  }

  private static Set<ResourceID> owner(HasMetadata object) {
    return Set.of(new ResourceID(className(object)));
  }

  private static String className(HasMetadata object) {
    return object.getMetadata().getLabels().getOrDefault(Names.INSTANCE, "");
  }

  List<EventSource<?, LogAgentClass>> all() {
    var all = new ArrayList<EventSource<?, LogAgentClass>>(sources.values());
    all.add(pods);
    return all;
  }

  /// The object as it is in the cluster, as far as is known.
  Optional<? extends HasMetadata> find(HasMetadata wanted) {
    InformerEventSource<? extends HasMetadata, LogAgentClass> source =
        sources.get(wanted.getClass());
    return source == null ? Optional.empty() : source.get(ResourceID.fromResource(wanted));
  }

  boolean known(HasMetadata wanted) {
    return sources.containsKey(wanted.getClass());
  }

  /// Makes a fresh write known before the watch tells of it.
  @SuppressWarnings("unchecked") // A source is kept under the class of its objects.
  <T extends HasMetadata> void written(T object) {
    var source = (InformerEventSource<T, LogAgentClass>) sources.get(object.getClass());
    if (source != null) {
      source.handleRecentResourceUpdate(ResourceID.fromResource(object), object, object);
    }
  }

  /// All objects of a class but its pods.
  List<HasMetadata> of(String className) {
    var all = new ArrayList<HasMetadata>();
    for (var source : sources.values()) {
      source.list(object -> className(object).equals(className)).forEach(all::add);
    }
    return all;
  }

  Stream<ConfigMap> configMaps(String className) {
    return of(className).stream().filter(ConfigMap.class::isInstance).map(ConfigMap.class::cast);
  }

  Stream<Secret> secrets(String className) {
    return of(className).stream().filter(Secret.class::isInstance).map(Secret.class::cast);
  }

  Optional<DaemonSet> daemonSet(String className) {
    return of(className).stream()
        .filter(DaemonSet.class::isInstance)
        .map(DaemonSet.class::cast)
        .findFirst();
  }

  /// The agents of all classes.
  List<Pod> pods() {
    return pods.list(_ -> true).toList();
  }
}
