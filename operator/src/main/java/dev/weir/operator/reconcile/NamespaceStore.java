package dev.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import org.jspecify.annotations.Nullable;

/// Keeps of namespaces what plans need: names, labels, annotations.
final class NamespaceStore extends BasicItemStore<Namespace> {
  NamespaceStore() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public @Nullable Namespace put(String key, Namespace namespace) {
    ObjectMeta metadata = namespace.getMetadata();
    return super.put(
        key,
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .withResourceVersion(metadata.getResourceVersion())
            .withLabels(metadata.getLabels())
            .withAnnotations(metadata.getAnnotations())
            .endMetadata()
            .build());
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
