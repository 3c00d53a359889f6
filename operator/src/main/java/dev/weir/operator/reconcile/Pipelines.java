package dev.weir.operator.reconcile;

import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.plan.PipelineFacts;
import dev.weir.operator.plan.PipelineKey;
import dev.weir.operator.render.RenderInput.Kind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pipelines of both kinds, from the caches of their controllers, and a way to have them looked
/// at again.
///
/// Thread-safe; filled while the controllers are registered.
final class Pipelines {
  private final SimpleInboundEventSource<LogPipeline> ofNamespaces =
      new SimpleInboundEventSource<>("decided");
  private final SimpleInboundEventSource<ClusterLogPipeline> ofCluster =
      new SimpleInboundEventSource<>("decided");
  private volatile @Nullable Cache<LogPipeline> namespaced;
  private volatile @Nullable Cache<ClusterLogPipeline> cluster;

  void namespaced(Cache<LogPipeline> cache) {
    namespaced = cache;
  }

  void cluster(Cache<ClusterLogPipeline> cache) {
    cluster = cache;
  }

  SimpleInboundEventSource<LogPipeline> namespacedEvents() {
    return ofNamespaces;
  }

  SimpleInboundEventSource<ClusterLogPipeline> clusterEvents() {
    return ofCluster;
  }

  List<PipelineFacts> all() {
    var all = new ArrayList<PipelineFacts>();
    Cache<LogPipeline> one = namespaced;
    if (one != null) {
      one.list().map(PipelineFacts::of).forEach(all::add);
    }
    Cache<ClusterLogPipeline> other = cluster;
    if (other != null) {
      other.list().map(PipelineFacts::of).forEach(all::add);
    }
    return all;
  }

  /// Has the status of a pipeline looked at.
  void look(PipelineKey key) {
    if (key.kind() == Kind.LOG_PIPELINE) {
      ofNamespaces.propagateEvent(new ResourceID(key.name(), key.namespace()));
    } else {
      ofCluster.propagateEvent(new ResourceID(key.name()));
    }
  }
}
