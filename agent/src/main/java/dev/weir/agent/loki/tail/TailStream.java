package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Labels;
import java.util.Map;

/// What every entry of one stream carries from the start.
///
/// @param labels of the entries
/// @param origin what stages find in the extracted map, such as `container_name`
public record TailStream(Labels labels, Map<String, String> origin) {
  public TailStream {
    origin = Map.copyOf(origin);
  }
}
