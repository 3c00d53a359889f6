package dev.weir.agent.loki.write;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Policy;
import java.util.Locale;
import java.util.Set;

/// What an endpoint must not ask for in a pipeline of the pipelines' directory: a larger part of
/// the agent than its own, or another identity than its envelope gives it.
final class PipelineLimits {
  private static final long MAX_BATCH_SIZE = 4 << 20;
  private static final int MAX_SHARDS = 4;
  private static final String TENANT = "x-scope-orgid";

  /// Headers that say where a request goes and where it ends.
  private static final Set<String> RESERVED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private PipelineLimits() {}

  static void check(LokiWrite.Arguments arguments, Policy policy) throws ComponentException {
    if (!policy.ofPipeline()) {
      return;
    }
    if (arguments.wal() != null && arguments.wal().enabled()) {
      throw new ComponentException(
          "wal must not be enabled in a pipeline: pods' logs are read again from their files");
    }
    if (arguments.quarantine() != null) {
      throw new ComponentException("quarantine must not be used in a pipeline");
    }
    for (EndpointArguments endpoint : arguments.endpoint()) {
      if (endpoint.batchSize().bytes() > MAX_BATCH_SIZE) {
        throw new ComponentException("batch_size must not be larger than 4MiB in a pipeline");
      }
      if (endpoint.queueConfig().minShards() > MAX_SHARDS) {
        throw new ComponentException("min_shards must not be more than 4 in a pipeline");
      }
      checkHeaders(endpoint.headers().keySet(), policy);
      checkHeaders(endpoint.client().httpHeaders().keySet(), policy);
    }
  }

  private static void checkHeaders(Set<String> names, Policy policy) throws ComponentException {
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean tenant = lower.equals(TENANT) && policy.tenant() != null;
      if (tenant || RESERVED.contains(lower)) {
        throw new ComponentException("header " + name + " must not be set in this pipeline");
      }
    }
  }
}
