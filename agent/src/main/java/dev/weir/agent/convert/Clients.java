package dev.weir.agent.convert;

import static dev.weir.agent.convert.Fields.duration;
import static dev.weir.agent.convert.Fields.map;
import static dev.weir.agent.convert.Fields.number;
import static dev.weir.agent.convert.Fields.text;

import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `clients` as `loki.write` components, one for each.
final class Clients {
  private static final String LABEL = "default";

  private final List<Statement> wal;
  private final List<Statement> components = new ArrayList<>();
  private final List<Expression> receivers = new ArrayList<>();

  private Clients(List<Statement> wal) {
    this.wal = wal;
  }

  /// Takes `client`, `clients` and `wal` out of the document.
  static Clients take(Section document) {
    var clients = new Clients(wal(document));
    document.section("client").ifPresent(clients::add);
    document.sections("clients").forEach(clients::add);
    if (clients.components.isEmpty()) {
      document.findings().critical(document.node(), "at least one client config must be provided");
    }
    return clients;
  }

  private void add(Section client) {
    String label = components.isEmpty() ? LABEL : LABEL + "_" + (components.size() + 1);
    Map<String, String> labels = client.texts("external_labels");
    List<Statement> endpoint = Fields.statements(client, endpoint());
    List<Statement> body = new ArrayList<>();
    body.add(Synthetic.block("endpoint", null, endpoint));
    body.add(Synthetic.attribute("external_labels", Scalars.object(labels)));
    body.addAll(wal);
    components.add(Synthetic.block("loki.write", label, body));
    receivers.add(Synthetic.reference("loki.write." + label + ".receiver"));
  }

  /// The write-ahead log of all clients, as a block for each; none when it is not enabled.
  private static List<Statement> wal(Section document) {
    Section section = document.section("wal").orElse(null);
    if (section == null) {
      return List.of();
    }
    boolean enabled = section.text("enabled").orElse("").equals("true");
    List<Statement> body = new ArrayList<>();
    body.add(Synthetic.attribute("enabled", Synthetic.bool(true)));
    body.addAll(
        Fields.statements(
            section,
            duration("max_segment_age"),
            Fields.ignored("dir", "is not converted: the log is in the component's directory"),
            Clients::watch));
    return enabled ? List.of(Synthetic.block("wal", null, body)) : List.of();
  }

  private static void watch(Section wal, List<Statement> into) {
    wal.section("watch_config")
        .ifPresent(watch ->
            into.addAll(
                Fields.statements(
                    watch,
                    duration("min_read_frequency"),
                    duration("max_read_frequency"),
                    duration("drain_timeout"))));
  }

  private static Field[] endpoint() {
    return new Field[] {
      text("url"),
      text("name"),
      duration("batchwait", "batch_wait"),
      Clients::batchSize,
      duration("timeout", "remote_timeout"),
      text("tenant_id"),
      map("headers"),
      (section, into) ->
          section
              .section("backoff_config")
              .ifPresent(backoff ->
                  into.addAll(
                      Fields.statements(
                          backoff,
                          duration("min_period", "min_backoff_period"),
                          duration("max_period", "max_backoff_period"),
                          number("max_retries", "max_backoff_retries")))),
      Clients::rateLimited,
      Fields.ignored("stream_lag_labels", "has no counterpart and is left out"),
      HttpFields.CLIENT
    };
  }

  /// Promtail gives bytes, River takes a size with its unit.
  private static void batchSize(Section client, List<Statement> into) {
    client
        .text("batchsize")
        .ifPresent(
            bytes -> into.add(Synthetic.attribute("batch_size", Synthetic.string(bytes + "B"))));
  }

  private static void rateLimited(Section client, List<Statement> into) {
    client
        .text("drop_rate_limited_batches")
        .ifPresent(drops ->
            into.add(
                Synthetic.attribute("retry_on_http_429", Synthetic.bool(!drops.equals("true")))));
  }

  /// The components.
  List<Statement> components() {
    return components;
  }

  /// What to forward to.
  Expression receivers() {
    return Synthetic.array(receivers);
  }
}
