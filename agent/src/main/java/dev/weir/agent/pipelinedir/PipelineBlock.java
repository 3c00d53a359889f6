package dev.weir.agent.pipelinedir;

import dev.weir.agent.component.Egress;
import dev.weir.agent.component.Policy;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The block that begins a pipeline's file: whose it is, and the envelope that it runs in.
///
/// @param kind of the custom resource: `LogPipeline` or `ClusterLogPipeline`
/// @param namespace of the custom resource; empty for the cluster's kind
/// @param name of the custom resource
/// @param uid that state on disk belongs to
/// @param namespaces that entries may come from; null for any, which only the cluster's kind may
/// @param tenantId of every push; null to leave it to the components
/// @param outputs the label of a `loki.write` by the output's name in the custom resource
/// @param egress null for no limits
public record PipelineBlock(
    String kind,
    @Default("\"\"") String namespace,
    String name,
    String uid,
    @Nullable List<String> namespaces,
    @Nullable String tenantId,
    @Default("{}") Map<String, String> outputs,
    @BlockField @Nullable EgressBlock egress) {
  /// The kind of one namespace.
  static final String TENANTS = "LogPipeline";

  /// The kind of administrators.
  static final String CLUSTER = "ClusterLogPipeline";

  /// It names a directory.
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  public PipelineBlock {
    if (!kind.equals(TENANTS) && !kind.equals(CLUSTER)) {
      throw new IllegalArgumentException("kind must be LogPipeline or ClusterLogPipeline");
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name must not be empty");
    }
    if (!UID.matcher(uid).matches()) {
      throw new IllegalArgumentException("uid must be letters, digits, '.', '_' and '-'");
    }
    if (tenantId != null && tenantId.isEmpty()) {
      throw new IllegalArgumentException("tenant_id must not be empty");
    }
    if (kind.equals(TENANTS)) {
      checkTenants(namespace, namespaces);
    }
  }

  /// Refuses to let a namespace's pipeline read any other, whoever wrote the file.
  private static void checkTenants(String namespace, @Nullable List<String> namespaces) {
    if (namespace.isEmpty() || namespaces == null || !namespaces.equals(List.of(namespace))) {
      throw new IllegalArgumentException(
          "a LogPipeline needs a namespace, and namespaces with this one alone");
    }
  }

  /// Where connections may lead.
  ///
  /// @param deniedRanges of addresses
  /// @param allowedHosts patterns; empty for any
  public record EgressBlock(
      @Default("[]") List<String> deniedRanges,
      @Default("[]") List<String> allowedHosts,
      @Default("false") boolean requireTls) {
    public EgressBlock {
      // Says what is wrong with them.
      new Egress(deniedRanges, allowedHosts, requireTls);
    }
  }

  Policy policy() {
    EgressBlock to = egress;
    return new Policy(
        uid,
        namespaces == null ? null : Set.copyOf(namespaces),
        tenantId,
        to == null
            ? Egress.OPEN
            : new Egress(to.deniedRanges(), to.allowedHosts(), to.requireTls()));
  }

  /// Whether its components may do the same as those of another.
  boolean hasEnvelopeOf(PipelineBlock other) {
    return uid.equals(other.uid)
        && Objects.equals(namespaces, other.namespaces)
        && Objects.equals(tenantId, other.tenantId)
        && Objects.equals(egress, other.egress);
  }

  /// Whether only what tenants may use may be used.
  boolean isOfTenant() {
    return kind.equals(TENANTS);
  }
}
