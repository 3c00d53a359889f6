package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.Reason;
import dev.weir.operator.api.Tenant;
import dev.weir.operator.api.TenantMode;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which tenant of Loki entries are for.
///
/// A pipeline of a namespace has one tenant, which stands in its envelope: nothing in the pipeline
/// can say another. One of an administrator may have many, each by the namespace of the entry.
final class Tenancy {
  private Tenancy() {}

  /// The one tenant; null for none, or for many.
  static @Nullable String fixed(RenderInput input) {
    Tenant tenant = of(input);
    if (tenant.mode() == TenantMode.STATIC) {
      return tenant.value();
    }
    if (input.cluster()) {
      return null;
    }
    NamespaceFacts facts = input.namespaces().getOrDefault(input.namespace(), NamespaceFacts.NONE);
    return switch (tenant.mode()) {
      case NAMESPACE -> input.namespace();
      case NAMESPACE_LABEL -> known(facts.labels(), tenant);
      case NAMESPACE_ANNOTATION -> known(facts.annotations(), tenant);
      case NONE, STATIC -> null;
    };
  }

  private static @Nullable String known(Map<String, String> values, Tenant tenant) {
    String value = values.get(Objects.requireNonNullElse(tenant.key(), ""));
    return value == null || value.isEmpty() ? tenant.fallback() : value;
  }

  private static Tenant of(RenderInput input) {
    Tenant own = input.cluster() ? input.spec().tenant() : null;
    return own == null ? input.agents().tenants().tenancy() : own;
  }

  /// Whether entries are told apart by labels or annotations of their namespaces.
  static boolean asksNamespaces(RenderInput input) {
    TenantMode mode = of(input).mode();
    return input.cluster()
        && (mode == TenantMode.NAMESPACE_LABEL || mode == TenantMode.NAMESPACE_ANNOTATION);
  }

  /// The stages that say it entry by entry; they come last.
  static List<Block> stages(RenderInput input) {
    Tenant tenant = of(input);
    if (!input.cluster() || tenant.mode() == TenantMode.NONE || fixed(input) != null) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    if (tenant.fallback() != null) {
      blocks.add(block("stage.tenant").text("value", tenant.fallback()).build());
    }
    if (input.spec().input().pods() != null) {
      blocks.add(block("stage.tenant").text("source", source(tenant)).build());
    } else if (input.spec().input().events() != null && tenant.mode() == TenantMode.NAMESPACE) {
      blocks.add(block("stage.tenant").text("label", "namespace").build());
    }
    return blocks;
  }

  private static String source(Tenant tenant) {
    String key = Objects.requireNonNullElse(tenant.key(), "");
    return switch (tenant.mode()) {
      case NAMESPACE_LABEL -> Names.meta("namespace_label", key);
      case NAMESPACE_ANNOTATION -> Names.meta("namespace_annotation", key);
      case NAMESPACE, NONE, STATIC -> "__meta_kubernetes_namespace";
    };
  }

  static void check(RenderInput input, Problems problems) {
    Tenant tenant = of(input);
    boolean byNamespace = tenant.mode() != TenantMode.NONE && tenant.mode() != TenantMode.STATIC;
    if (!input.cluster()) {
      if (byNamespace && fixed(input) == null) {
        problems.add(
            Reason.NOT_ALLOWED_BY_CLASS,
            "metadata.namespace",
            "the class takes the tenant from \""
                + tenant.key()
                + "\" of the namespace, which has none, and names no default; ask an administrator"
                + " to add it to the namespace");
      }
      return;
    }
    boolean own = input.spec().tenant() != null;
    boolean events = input.spec().input().events() != null;
    boolean known =
        input.spec().input().pods() != null || (events && tenant.mode() == TenantMode.NAMESPACE);
    if (own && byNamespace && !known) {
      problems.invalid(
          "spec.tenant.mode", "what this input reads belongs to no namespace; use Static or None");
    }
  }
}
