package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.river.eval.Default;
import org.jspecify.annotations.Nullable;

/// `stage.tenant`: says which tenant of Loki an entry is for.
final class TenantStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "tenant", Arguments.class, (arguments, context) -> new TenantStage(arguments));

  /// The label that carries the tenant to `loki.write`.
  static final String LABEL = "__tenant_id__";

  /// One of three.
  ///
  /// @param label whose value is the tenant
  /// @param source name of an extracted value that is the tenant
  /// @param value the tenant itself
  record Arguments(
      @Default("\"\"") String label,
      @Default("\"\"") String source,
      @Default("\"\"") String value) {
    Arguments {
      int given =
          (label.isEmpty() ? 0 : 1) + (source.isEmpty() ? 0 : 1) + (value.isEmpty() ? 0 : 1);
      if (given == 0) {
        throw new IllegalArgumentException("label, source or value config are required");
      }
      if (given > 1) {
        throw new IllegalArgumentException(
            "label, source and value are mutually exclusive: you should set source, value or label"
                + " but not all");
      }
    }
  }

  private final Arguments arguments;
  private final TextCache texts = new TextCache();

  private TenantStage(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public void process(Entry entry, Output out) {
    String tenant = tenant(entry);
    if (tenant != null && !tenant.isEmpty()) {
      entry.labels(entry.labels().with(LABEL, tenant));
    }
    out.emit(entry);
  }

  private @Nullable String tenant(Entry entry) {
    if (!arguments.source().isEmpty()) {
      return entry.extracted().validText(arguments.source(), texts);
    }
    return arguments.label().isEmpty() ? arguments.value() : entry.labels().get(arguments.label());
  }
}
