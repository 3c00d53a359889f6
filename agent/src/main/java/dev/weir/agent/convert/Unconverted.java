package dev.weir.agent.convert;

import dev.weir.agent.river.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/// The parts of Promtail's configuration that are about Promtail itself.
final class Unconverted {
  private Unconverted() {}

  static void take(Section document) {
    List<Statement> nothing = new ArrayList<>();
    document.section("server").ifPresent(Unconverted::server);
    Fields.ignored("tracing", "has no counterpart and is left out").convert(document, nothing);
    Fields.ignored("options", "has no counterpart and is left out").convert(document, nothing);
    Fields.ignored(
            "runtime_config", "has no counterpart: a changed configuration is loaded by a reload")
        .convert(document, nothing);
  }

  private static void server(Section server) {
    Map<String, Node> fields = server.takeAll();
    fields.forEach((field, value) -> {
      switch (field) {
        case "http_path_prefix" ->
            server.findings().error(value, "server http_path_prefix is not supported");
        case "http_listen_address", "http_listen_port" ->
            server
                .findings()
                .warning(
                    value,
                    "server " + field + " is not converted: give --server.http.listen-addr to run");
        case "log_level", "log_format" ->
            server
                .findings()
                .warning(value, "server " + field + " is not converted: use a logging block");
        case "disable", "profiling_enabled", "register_instrumentation", "health_check_target" ->
            server
                .findings()
                .warning(value, "server " + field + " has no counterpart and is left out");
        default ->
            server
                .findings()
                .warning(value, "server " + field + " is about Promtail and is left out");
      }
    });
  }
}
