package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Arguments;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Selector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Watches of the API server: one list at first, then only what changes.
///
/// Closed by its owner; its methods may be called by any thread.
final class Watches implements AutoCloseable {
  private final KubernetesClient client;
  private final List<String> namespaces;
  private final List<Selector> selectors;
  private final Changes changes;
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  /// Learns what happens, on threads of the client's.
  ///
  /// @param happened takes `add`, `update` or `delete`
  /// @param failed takes why a list or a watch broke off; it is tried again
  record Changes(Consumer<String> happened, Consumer<Throwable> failed) {}

  /// @param namespaces empty for all
  Watches(KubernetesClient client, Arguments arguments, List<String> namespaces, Changes changes) {
    this.client = client;
    this.namespaces = namespaces;
    this.selectors = arguments.selectors();
    this.changes = changes;
  }

  /// Watches objects in the namespaces.
  <T extends HasMetadata> Watched<T> namespaced(Class<T> type, Role role) {
    MixedOperation<T, KubernetesResourceList<T>, Resource<T>> all = client.resources(type);
    List<SharedIndexInformer<T>> made = new ArrayList<>();
    if (namespaces.isEmpty()) {
      made.add(started(all.inAnyNamespace(), role));
    }
    for (String namespace : namespaces) {
      made.add(started(all.inNamespace(namespace), role));
    }
    return new Watched<>(made);
  }

  /// Watches objects that are in no namespace.
  <T extends HasMetadata> Watched<T> global(Class<T> type, Role role) {
    return new Watched<>(List.of(started(client.resources(type).inAnyNamespace(), role)));
  }

  /// Watches all objects of a kind that are in no namespace.
  <T extends HasMetadata> Watched<T> global(Class<T> type) {
    var informer = client.resources(type).inAnyNamespace().runnableInformer(0);
    return new Watched<>(List.of(started(informer)));
  }

  private <T extends HasMetadata> SharedIndexInformer<T> started(
      FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>> objects, Role role) {
    FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>> selected = objects;
    for (Selector selector : selectors) {
      if (selector.role() == role) {
        selected = selected(selected, selector);
      }
    }
    return started(selected.runnableInformer(0));
  }

  private static <T extends HasMetadata>
      FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>> selected(
          FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>> objects,
          Selector selector) {
    var selected = objects;
    if (!selector.label().isEmpty()) {
      selected = selected.withLabelSelector(selector.label());
    }
    for (FieldSelector field : FieldSelector.parse(selector.field())) {
      selected =
          field.equal()
              ? selected.withField(field.field(), field.value())
              : selected.withoutField(field.field(), field.value());
    }
    return selected;
  }

  private <T extends HasMetadata> SharedIndexInformer<T> started(SharedIndexInformer<T> informer) {
    informer.exceptionHandler((started, problem) -> {
      changes.failed().accept(problem);
      return true;
    });
    informer.addEventHandler(new Handler<>(changes.happened()));
    informer.start().whenComplete((_, _) -> changes.happened().accept("list"));
    informers.add(informer);
    return informer;
  }

  private record Handler<T>(Consumer<String> happened) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      happened.accept("add");
    }

    @Override
    public void onUpdate(T before, T after) {
      happened.accept("update");
    }

    @Override
    public void onDelete(T object, boolean unknownState) {
      happened.accept("delete");
    }
  }

  /// Whether every list has been read once.
  boolean hasSynced() {
    return informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  /// Whether every watch is open.
  boolean isWatching() {
    return informers.stream().allMatch(SharedIndexInformer::isWatching);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }
}
