package dev.weir.agent.convert;

import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `scrape_configs` as sources, each with its discovery, its rules and its stages.
final class ScrapeConfigs {
  private final Clients clients;
  private final List<Statement> limit;
  private final @Nullable String positions;
  private final @Nullable String syncPeriod;
  private final Set<String> labels = new HashSet<>();
  private final List<Statement> components = new ArrayList<>();

  /// @param limit stages that come before all others
  /// @param positions the file that Promtail kept its positions in
  /// @param syncPeriod how often files are looked for
  ScrapeConfigs(
      Clients clients,
      List<Statement> limit,
      @Nullable String positions,
      @Nullable String syncPeriod) {
    this.clients = clients;
    this.limit = limit;
    this.positions = positions;
    this.syncPeriod = syncPeriod;
  }

  /// The components so far.
  List<Statement> components() {
    return components;
  }

  void add(Section config) {
    String label = label(config.text("job_name").orElse(""));
    List<Statement> rules = Relabeling.rules(config.sections("relabel_configs"));
    List<Statement> stages = new ArrayList<>(limit);
    stages.addAll(Stages.of(config.sections("pipeline_stages")));
    Fields.unsupported("entry_parser", "is not supported; use pipeline_stages")
        .convert(config, stages);
    Expression forwardTo = clients.receivers();
    List<Statement> own = new ArrayList<>();
    if (!stages.isEmpty()) {
      stages.addFirst(Synthetic.attribute("forward_to", clients.receivers()));
      forwardTo =
          Synthetic.array(List.of(Synthetic.reference("loki.process." + label + ".receiver")));
    }
    var job = new Job(label, forwardTo, rules, positions, syncPeriod, own);
    int before = own.size();
    Sources.add(config, job);
    config.close();
    if (!stages.isEmpty()) {
      own.add(before, Synthetic.block("loki.process", label, stages));
    }
    components.addAll(own);
  }

  /// A label that no other job has, of letters, digits and underscores.
  private String label(String job) {
    String clean = job.replaceAll("[^A-Za-z0-9_]", "_");
    if (clean.isEmpty() || Character.isDigit(clean.charAt(0))) {
      clean = "_" + clean;
    }
    String label = clean;
    for (int number = 2; !labels.add(label); number++) {
      label = clean + "_" + number;
    }
    return label;
  }
}
