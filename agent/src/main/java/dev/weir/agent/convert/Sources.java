package dev.weir.agent.convert;

import static dev.weir.agent.convert.Fields.block;
import static dev.weir.agent.convert.Fields.bool;
import static dev.weir.agent.convert.Fields.duration;
import static dev.weir.agent.convert.Fields.list;
import static dev.weir.agent.convert.Fields.map;
import static dev.weir.agent.convert.Fields.number;
import static dev.weir.agent.convert.Fields.text;
import static dev.weir.agent.convert.Fields.unsupported;
import static java.util.Map.entry;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the entries of a scrape config come from.
final class Sources {
  private static final String NOT_SUPPORTED = "is not supported";
  private static final Field LISTENING =
      Fields.all(
          text("http_listen_address", "listen_address"), number("http_listen_port", "listen_port"));

  /// Sources that Promtail is told of by one section, and which relabel their entries themselves.
  private static final Map<String, Field[]> SECTIONS =
      Map.ofEntries(
          entry(
              "journal",
              new Field[] {
                bool("json", "format_as_json"),
                duration("max_age"),
                map("labels"),
                text("path"),
                text("matches")
              }),
          entry(
              "syslog",
              new Field[] {
                (section, into) ->
                    into.add(
                        Synthetic.block(
                            "listener",
                            null,
                            Fields.statements(
                                section,
                                text("listen_address", "address"),
                                text("listen_protocol", "protocol"),
                                duration("idle_timeout"),
                                bool("label_structured_data"),
                                map("labels"),
                                bool("use_incoming_timestamp"),
                                bool("use_rfc5424_message"),
                                number("max_message_length"),
                                text("syslog_format"),
                                HttpFields.LISTENER_TLS)))
              }),
          entry(
              "loki_push_api",
              new Field[] {
                Sources::server, bool("use_incoming_timestamp"), map("labels"),
              }),
          entry(
              "heroku_drain",
              new Field[] {
                Sources::server, bool("use_incoming_timestamp"), map("labels"),
              }),
          entry(
              "gelf",
              new Field[] {
                text("listen_address"),
                bool("use_incoming_timestamp"),
                unsupported("labels", NOT_SUPPORTED + ", use relabel_configs")
              }),
          entry(
              "kafka",
              new Field[] {
                list("brokers"),
                list("topics"),
                text("group_id"),
                text("assignor"),
                text("version"),
                bool("use_incoming_timestamp"),
                map("labels"),
                block(
                    "authentication",
                    text("type"),
                    HttpFields.LISTENER_TLS,
                    block(
                        "sasl_config",
                        text("mechanism"),
                        text("user"),
                        text("password"),
                        bool("use_tls"),
                        HttpFields.LISTENER_TLS))
              }));

  /// Components by section, where they have another name.
  private static final Map<String, String> COMPONENTS =
      Map.of("loki_push_api", "loki.source.api", "heroku_drain", "loki.source.heroku");

  private static final List<String> OTHERS =
      List.of("gcplog", "azure_event_hubs", "cloudflare", "windows_events");

  private Sources() {}

  /// Takes everything that is a source out of a scrape config.
  static void add(Section config, Job job) {
    List<Section> docker = config.sections("docker_sd_configs");
    List<Statement> streams = new ArrayList<>();
    docker(
        docker,
        new Job(
            job.label(), job.forwardTo(), job.rules(), job.positions(), job.syncPeriod(), streams));
    SECTIONS.forEach((name, fields) ->
        config
            .section(name)
            .ifPresent(section -> streams.add(component(name, section, job, fields))));
    for (String other : OTHERS) {
      unsupported(other, NOT_SUPPORTED).convert(config, streams);
    }
    List<Expression> targets = Discoveries.take(config, job);
    if (!job.rules().isEmpty()) {
      relabel(job, targets);
    }
    files(config, job, targets);
    job.into().addAll(streams);
  }

  private static Statement component(String name, Section section, Job job, Field[] fields) {
    List<Statement> statements = Fields.statements(section, fields);
    if (name.equals("journal") && job.positions() != null) {
      statements.add(
          Synthetic.block(
              "legacy_position",
              null,
              List.of(
                  Synthetic.attribute("file", Synthetic.string(job.positions())),
                  Synthetic.attribute("name", Synthetic.string(job.label())))));
    }
    statements.add(job.forward());
    statements.addAll(job.relabelRules());
    String component = COMPONENTS.getOrDefault(name, "loki.source." + name);
    return Synthetic.block(component, job.label(), statements);
  }

  private static void server(Section section, List<Statement> into) {
    section
        .section("server")
        .ifPresent(server -> {
          List<Statement> http = new ArrayList<>();
          LISTENING.convert(server, http);
          into.add(Synthetic.block("http", null, http));
          server
              .takeAll()
              .forEach((field, value) ->
                  server.findings().error(value, "server " + field + " " + NOT_SUPPORTED));
        });
  }

  private static void docker(List<Section> configs, Job job) {
    int number = 0;
    for (Section config : configs) {
      String label = ++number == 1 ? job.label() : job.label() + "_" + number;
      List<Statement> discovery = Fields.statements(config, Discoveries.DOCKER);
      job.component("discovery.docker", label, discovery);
      List<Statement> source = new ArrayList<>();
      discovery.stream().filter(Sources::isHost).forEach(source::add);
      source.add(
          Synthetic.attribute(
              "targets", Synthetic.reference("discovery.docker." + label + ".targets")));
      source.add(job.forward());
      source.addAll(job.relabelRules());
      job.component("loki.source.docker", label, source);
      tellOfPositions(config, label, job.positions());
    }
  }

  private static void tellOfPositions(Section config, String label, @Nullable String positions) {
    if (positions != null) {
      config
          .findings()
          .info(
              config.node(),
              "to go on where Promtail stopped, copy %s to <storage.path>/loki.source.docker.%s/positions.yml before the first start"
                  .formatted(positions, label));
    }
  }

  private static boolean isHost(Statement statement) {
    return statement instanceof Attribute attribute && attribute.name().equals("host");
  }

  /// One component for both: files take its output, other sources its rules.
  private static void relabel(Job job, List<Expression> targets) {
    List<Statement> statements = new ArrayList<>();
    statements.add(Synthetic.attribute("targets", joined(targets)));
    statements.addAll(job.rules());
    job.component("discovery.relabel", statements);
  }

  private static Expression joined(List<Expression> targets) {
    return switch (targets.size()) {
      case 0 -> Synthetic.array(List.of());
      case 1 -> targets.getFirst();
      default -> Synthetic.call("array.concat", targets);
    };
  }

  private static void files(Section config, Job job, List<Expression> targets) {
    List<Statement> reading = new ArrayList<>();
    text("encoding").convert(config, reading);
    block("decompression", bool("enabled"), duration("initial_delay"), text("format"))
        .convert(config, reading);
    if (targets.isEmpty()) {
      return;
    }
    Expression read =
        job.rules().isEmpty()
            ? joined(targets)
            : Synthetic.reference("discovery.relabel." + job.label() + ".output");
    List<Statement> match = new ArrayList<>();
    match.add(Synthetic.attribute("enabled", Synthetic.bool(true)));
    if (job.syncPeriod() != null) {
      match.add(Synthetic.attribute("sync_period", Synthetic.string(job.syncPeriod())));
    }
    List<Statement> source = new ArrayList<>();
    source.add(Synthetic.attribute("targets", read));
    source.add(job.forward());
    source.addAll(reading);
    if (job.positions() != null) {
      source.add(Synthetic.attribute("legacy_positions_file", Synthetic.string(job.positions())));
    }
    source.add(Synthetic.block("file_match", null, match));
    job.component("loki.source.file", source);
  }
}
