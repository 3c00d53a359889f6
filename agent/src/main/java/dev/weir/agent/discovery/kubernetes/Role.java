package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.river.eval.FromText;
import java.util.List;
import java.util.Locale;

/// Which objects become targets.
public enum Role {
  NODE,
  SERVICE,
  POD,
  ENDPOINTS,
  ENDPOINTSLICE,
  INGRESS;

  /// Reads a name.
  ///
  /// @throws IllegalArgumentException when there is no such role
  @FromText
  public static Role parse(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "unknown role \""
            + text
            + "\", expected one of: node, service, pod, endpoints, endpointslice, ingress");
  }

  /// The name as in configuration.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The objects looked at for this role, for which there may be selectors.
  List<Role> watched() {
    return switch (this) {
      case NODE, SERVICE, POD, INGRESS -> List.of(this);
      case ENDPOINTS, ENDPOINTSLICE -> List.of(POD, SERVICE, this);
    };
  }
}
