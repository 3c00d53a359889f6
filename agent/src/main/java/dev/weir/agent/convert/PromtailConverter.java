package dev.weir.agent.convert;

import dev.weir.agent.convert.Finding.Severity;
import dev.weir.agent.go.GoDuration;
import dev.weir.agent.river.Printer;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// Promtail's configuration as River.
///
/// Nothing is left out silently: what has no counterpart is an error or a warning, and what
/// Promtail would not have understood is critical.
public final class PromtailConverter {
  private static final String DEFAULT_SYNC_PERIOD = "10s";

  private PromtailConverter() {}

  /// Converts the text of a configuration file.
  public static Conversion convert(String yaml) {
    var findings = new Findings();
    Node root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      // Its message would quote the document, which may hold a secret.
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      return failed("failed to parse Promtail config: invalid YAML at line " + line);
    } catch (YAMLException e) {
      return failed("failed to parse Promtail config: invalid YAML");
    }
    if (root == null) {
      return failed("failed to parse Promtail config: the file is empty");
    }
    String river = convert(Section.of("the configuration", root, findings));
    return new Conversion(findings.critical() ? "" : river, findings.all());
  }

  private static Conversion failed(String message) {
    return new Conversion("", List.of(new Finding(Severity.CRITICAL, message)));
  }

  private static String convert(Section document) {
    Unconverted.take(document);
    String positions = positions(document);
    String syncPeriod = syncPeriod(document);
    List<Statement> limit = Limits.take(document);
    Clients clients = Clients.take(document);
    var jobs = new ScrapeConfigs(clients, limit, positions, syncPeriod);
    document.sections("scrape_configs").forEach(jobs::add);
    document.close();
    List<Statement> all = new ArrayList<>(jobs.components());
    all.addAll(clients.components());
    return document.findings().critical() ? "" : Printer.print(Synthetic.body(all));
  }

  private static @Nullable String positions(Section document) {
    Section positions = document.section("positions").orElse(null);
    if (positions == null) {
      return null;
    }
    String file = positions.text("filename").orElse(null);
    List<Statement> nothing = new ArrayList<>();
    Fields.ignored("sync_period", "has no counterpart: positions are saved every second")
        .convert(positions, nothing);
    Fields.ignored("ignore_invalid_yaml", "has no counterpart: damage is reported")
        .convert(positions, nothing);
    positions.close();
    return file;
  }

  private static @Nullable String syncPeriod(Section document) {
    Section target = document.section("target_config").orElse(null);
    if (target == null) {
      return null;
    }
    Fields.unsupported("stdin", "is not supported").convert(target, new ArrayList<>());
    String period = target.text("sync_period").orElse(DEFAULT_SYNC_PERIOD);
    target.close();
    return Durations.parse(period).map(GoDuration::format).orElse(period);
  }
}
