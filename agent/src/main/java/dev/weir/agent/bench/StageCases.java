package dev.weir.agent.bench;

import dev.weir.agent.loki.Receiver;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What every stage of `loki.process` is measured with: a line it is made for.
final class StageCases {
  private static final String NGINX =
      "10.1.2.3 - ada [22/Nov/2026:10:15:32 +0000] \"GET /catalog/items/4711?ref=0a1b2c3d HTTP/1.1\""
          + " 200 5316 \"https://shop.example/list\" \"Mozilla/5.0 (X11; Linux x86_64)\"";
  private static final String TEN_GROUPS =
      "^(?P<ip>\\S+) (?P<ident>\\S+) (?P<user>\\S+) \\[(?P<time>[^\\]]+)\\] "
          + "\"(?P<method>\\S+) (?P<path>\\S+) (?P<proto>\\S+)\" (?P<status>\\d+) (?P<size>\\d+) "
          + "\"(?P<referer>[^\"]*)\"";
  private static final String JSON =
      "{\"ts\":\"2026-11-22T10:15:32.123Z\",\"level\":\"warn\",\"msg\":\"slow query\",\"ms\":1234,"
          + "\"rows\":90,\"user\":{\"id\":\"u-17\",\"name\":\"ada\"},\"trace_id\":\"0af7651916cd43dd\"}";
  private static final String LOGFMT =
      "level=info ts=2026-11-22T10:15:32Z caller=handler.go:217 msg=\"request served\" method=GET"
          + " path=/api/v1/orders/4711 status=200 duration=12ms trace=0af7651916cd43dd";
  private static final String EVENT =
      "A logon was attempted.\\r\\n\\r\\nSubject:\\r\\n\\tSecurity ID:\\tS-1-5-18\\r\\n\\tAccount Name:"
          + "\\tHOST$\\r\\n\\r\\nLogon Information:\\r\\n\\tLogon Type:\\t5";

  /// @param name what is shown; begins with the stage's name
  /// @param config the inside of a `loki.process` block
  /// @param line one line, which `%d` gives a number
  record Case(String name, String config, String line) {}

  private StageCases() {}

  /// What `stage.regex` is compared with: the same groups of the same line by java.util.regex, each
  /// as a string, and nothing else.
  static Receiver jdkRegex() {
    Matcher matcher = Pattern.compile(TEN_GROUPS.replace("?P<", "?<")).matcher("");
    return batch -> {
      int length = 0;
      for (int i = 0; i < batch.size(); i++) {
        matcher.reset(batch.get(i).lineText());
        if (!matcher.find()) {
          throw new IllegalStateException("the line has no such groups");
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
          length += matcher.group(group).length();
        }
      }
      if (length == 0) {
        throw new IllegalStateException("the groups are empty");
      }
    };
  }

  static String nginx() {
    return NGINX;
  }

  /// Every case that needs no file.
  static List<Case> all() {
    return List.of(
        new Case("(none)", "", NGINX),
        of("cri", "", "2026-11-22T10:15:32.123456789Z stdout F " + NGINX),
        of(
            "decolorize",
            "",
            "\u001b[32mINFO\u001b[0m \u001b[1mserver\u001b[0m request served in 12ms"),
        of("decolorize", " (plain)", "", NGINX),
        of(
            "docker",
            "",
            "{\"log\":\""
                + NGINX.replace("\"", "\\\"")
                + "\\n\",\"stream\":\"stdout\","
                + "\"time\":\"2026-11-22T10:15:32.123456789Z\"}"),
        of("drop", "expression = \"/health|/metrics\"", NGINX),
        json("eventlogmessage", "", "{\"message\":\"" + EVENT + "\"}"),
        of("json", "expressions = { level = \"\", msg = \"\", trace_id = \"\" }", JSON),
        of("json", " (path)", "expressions = { user = \"user.name\" }", JSON),
        of("label_drop", "values = [\"pod\"]", NGINX),
        of("label_keep", "values = [\"app\"]", NGINX),
        of("labels", "values = { service = \"app\" }", NGINX),
        of("limit", "rate = 1e9\nburst = 1000000\ndrop = true", NGINX),
        of(
            "logfmt",
            "mapping = { level = \"\", msg = \"\", status = \"\", duration = \"\" }",
            LOGFMT),
        of("luhn", "", NGINX),
        of(
            "match",
            "selector = \"{app=\\\"web\\\"} |= \\\"GET\\\"\"\nstage.static_labels { values = { a = \"1\" } }",
            NGINX),
        of(
            "metrics",
            "metric.counter {\nname = \"lines_total\"\nmatch_all = true\naction = \"inc\"\n}",
            NGINX),
        of("multiline", "firstline = \"^10\\\\.\"", NGINX),
        of(
            "multiline",
            " (20 lines)",
            "firstline = \"^\\\\S.*0$\"",
            "ERROR in thread main line %d"),
        of("output", "source = \"app\"", NGINX),
        of("pack", "labels = [\"pod\"]", NGINX),
        of(
            "pattern",
            "pattern = `<ip> - <user> [<time>] \"<method> <path> <_>\" <status> <size> <_>`",
            NGINX),
        of(
            "regex",
            " (3 groups)",
            "expression = `\"(?P<method>\\S+) (?P<path>\\S+) \\S+\" (?P<status>\\d+)`",
            NGINX),
        of("regex", "expression = `" + TEN_GROUPS + "`", NGINX),
        of("replace", "expression = `^(\\d+\\.\\d+\\.\\d+\\.\\d+)`\nreplace = \"<ip>\"", NGINX),
        of("sampling", "rate = 0.5", NGINX),
        of("split_json", "", "[" + JSON + "," + JSON + "]"),
        of("static_labels", "values = { env = \"prod\" }", NGINX),
        of("structured_metadata", "values = { pod = \"\" }", NGINX),
        of("structured_metadata_drop", "values = [\"trace\"]", NGINX),
        of("template", "source = \"level\"\ntemplate = \"{{ .app | ToUpper }}-{{ .pod }}\"", NGINX),
        of("tenant", "label = \"app\"", NGINX),
        json("timestamp", "source = \"ts\"\nformat = \"RFC3339Nano\"", JSON),
        of("truncate", "rule {\nlimit = \"80B\"\nsuffix = \"...\"\n}", NGINX),
        json("windowsevent", "", "{\"message\":\"" + EVENT + "\"}"));
  }

  /// The case of `stage.geoip`.
  static Case geoip(String database) {
    return of("geoip", "db = \"" + database + "\"\nsource = \"ip\"\ndb_type = \"city\"", NGINX);
  }

  private static Case of(String stage, String arguments, String line) {
    return of(stage, "", arguments, line);
  }

  private static Case of(String stage, String variant, String arguments, String line) {
    return new Case(stage + variant, "stage." + stage + " {\n" + arguments + "\n}\n", line);
  }

  /// Behind `stage.json`, whose own time the row of that name tells.
  private static Case json(String stage, String arguments, String line) {
    return new Case(
        stage + " (+ json)",
        "stage.json {\nexpressions = { ts = \"\", message = \"\" }\n}\nstage."
            + stage
            + " {\n"
            + arguments
            + "\n}\n",
        line);
  }
}
