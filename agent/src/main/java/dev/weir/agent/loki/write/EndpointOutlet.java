package dev.weir.agent.loki.write;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.wal.Outlet;

/// An endpoint as the write-ahead log sees it.
///
/// @param key whose place it has: the endpoint's name, else where it leads and for which tenant
/// @param id the name, else the host
record EndpointOutlet(Endpoint endpoint, String key, String id) implements Outlet {
  EndpointOutlet {
    for (Loss why : Loss.values()) {
      endpoint.lost(reason(why), 0, 0);
    }
  }

  /// @param twins how many endpoints before it are known by the same
  static EndpointOutlet of(Endpoint endpoint, int twins) {
    EndpointArguments arguments = endpoint.arguments();
    String suffix = twins == 0 ? "" : "#" + (twins + 1);
    String id = arguments.name().isEmpty() ? arguments.host() : arguments.name();
    return new EndpointOutlet(endpoint, key(arguments) + suffix, id + suffix);
  }

  static String key(EndpointArguments arguments) {
    var uri = arguments.uri();
    return arguments.name().isEmpty()
        ? "url "
            + uri.getScheme()
            + "://"
            + arguments.host()
            + uri.getRawPath()
            + " "
            + arguments.tenantId()
        : "name " + arguments.name();
  }

  @Override
  public void append(Batch batch) throws InterruptedException {
    endpoint.appendWaiting(batch);
  }

  @Override
  public void lost(Loss why, long entries, long text) {
    endpoint.lost(reason(why), entries, text);
  }

  private static DropReason reason(Loss why) {
    return switch (why) {
      case FULL -> DropReason.WAL_FULL;
      case EXPIRED -> DropReason.WAL_EXPIRED;
      case DAMAGED -> DropReason.WAL_DAMAGED;
      case REMOVED -> DropReason.ENDPOINT_REMOVED;
    };
  }
}
