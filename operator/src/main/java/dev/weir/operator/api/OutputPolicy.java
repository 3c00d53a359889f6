package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// Where LogPipelines may send to.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OutputPolicy(
    @JsonPropertyDescription("Whether destinations must be https.") @Default("false")
        boolean requireTLS,
    @JsonPropertyDescription("Globs of host names; any when empty.") @Size(max = 64)
        List<@Size(min = 1, max = 253) @Pattern("^[A-Za-z0-9_.*?:-]+$") String> allowedHosts,
    @JsonPropertyDescription(
            "Addresses that are refused after names were looked up; link-local, loopback and unspecified ones when left out.")
        @Size(max = 64)
        List<@Size(min = 1, max = 43) @Pattern("^[0-9a-fA-F.:]+/[0-9]{1,3}$") String> deniedCIDRs,
    @JsonPropertyDescription("Whether the API server may be a destination.") @Default("false")
        boolean allowAPIServer) {
  public OutputPolicy {
    allowedHosts = Given.list(allowedHosts);
    deniedCIDRs = Given.or(deniedCIDRs, DENIED);
  }

  /// Link-local (with the metadata service of clouds), loopback and unspecified addresses.
  public static final List<String> DENIED =
      List.of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "::/128", "::1/128", "fe80::/10");

  static final OutputPolicy DEFAULT = new OutputPolicy(false, List.of(), DENIED, false);
}
