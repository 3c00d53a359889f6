package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Synthetic;
import dev.weir.operator.api.Enrich;
import dev.weir.operator.api.HostFilesInput;
import dev.weir.operator.api.Input;
import dev.weir.operator.api.JournalInput;
import dev.weir.operator.api.NamespaceFilter;
import dev.weir.operator.api.PodsInput;
import dev.weir.operator.api.StartAt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What an output's chain begins with.
final class SourceBlocks {
  static final List<String> SYSTEM = List.of("kube-system", "kube-public", "kube-node-lease");

  /// Beside the pipelines, in agents' pods.
  private static final String NAMESPACES = "/etc/weir/pipelines/namespaces.json";

  private SourceBlocks() {}

  /// @param index of the output
  static List<Block> of(RenderInput input, int index) {
    Input spec = input.spec().input();
    String label = "in_" + index;
    if (spec.pods() != null) {
      return List.of(pods(input, spec.pods(), label, index));
    }
    if (spec.events() != null) {
      return List.of(events(input, label, index));
    }
    if (spec.journal() != null) {
      return journal(spec.journal(), label, index);
    }
    List<Block> blocks = new ArrayList<>();
    for (HostFilesInput files : spec.hostFiles()) {
      blocks.add(hostFiles(files, label + "_" + blocks.size(), index));
    }
    return blocks;
  }

  private static Expression forward(int index) {
    Expression receiver = Synthetic.reference("loki.process.proc_" + index + ".receiver");
    return Synthetic.array(List.of(receiver));
  }

  private static Block pods(RenderInput input, PodsInput pods, String label, int index) {
    BlockDraft source =
        block("loki.source.kubernetes_files", label).value("forward_to", forward(index));
    if (input.cluster()) {
      NamespaceFilter filter = pods.namespaces();
      namespaces(filter == null ? NamespaceFilter.ALL : filter, source);
    } else {
      source.texts("namespaces", List.of(input.namespace()));
    }
    if (needsNamespaces(input, pods)) {
      source.text("namespaces_file", NAMESPACES);
    }
    some(source, "label_selector", SelectorText.of(pods.selector()));
    some(source, "containers", pods.containers().include());
    some(source, "exclude_containers", pods.containers().exclude());
    if (!pods.includeInit()) {
      source.bool("include_init", false);
    }
    some(source, "streams", pods.streams().stream().map(s -> lower(s.name())).toList());
    if (pods.startAt() == StartAt.BEGINNING) {
      source.text("start_at", "beginning");
    }
    return source
        .text("max_line_size", Units.size(pods.maxLineBytes()))
        .text("on_long_line", lower(pods.onLongLine().name()))
        .build();
  }

  /// What namespaces are labelled with is in a file, as agents may not ask the API server for it. A
  /// namespace that is not in the file yet would hold lines up, so it is named only where it
  /// counts.
  private static boolean needsNamespaces(RenderInput input, PodsInput pods) {
    NamespaceFilter filter = pods.namespaces();
    boolean selected = filter != null && !SelectorText.of(filter.selector()).isEmpty();
    Enrich first = input.agents().defaults().enrich();
    return (input.cluster() && selected)
        || !input.spec().enrich().namespaceLabels().isEmpty()
        || (first != null && !first.namespaceLabels().isEmpty())
        || Tenancy.asksNamespaces(input);
  }

  private static void namespaces(NamespaceFilter filter, BlockDraft source) {
    some(source, "namespaces", filter.names());
    List<String> exclude = new ArrayList<>(filter.exclude());
    if (!filter.includeSystem()) {
      SYSTEM.stream()
          .filter(name -> !filter.names().contains(name) && !exclude.contains(name))
          .forEach(exclude::add);
    }
    some(source, "exclude_namespaces", exclude);
    some(source, "namespace_selector", SelectorText.of(filter.selector()));
  }

  private static Block events(RenderInput input, String label, int index) {
    BlockDraft source =
        block("loki.source.kubernetes_events", label)
            .value("forward_to", forward(index))
            .text("job_name", "kubernetes-events")
            .text("log_format", "json");
    if (!input.cluster()) {
      source.texts("namespaces", List.of(input.namespace()));
    }
    return source.build();
  }

  private static Block hostFiles(HostFilesInput files, String label, int index) {
    Map<String, String> target = new LinkedHashMap<>();
    target.put("__path__", files.path());
    if (!files.exclude().isEmpty()) {
      target.put("__path_exclude__", exclude(files.exclude()));
    }
    target.put("job", "host-files");
    target.putAll(files.labels());
    BlockDraft source =
        block("loki.source.file", label)
            .value("targets", Synthetic.array(List.of(BlockDraft.texts(target))))
            .value("forward_to", forward(index));
    some(source, "encoding", files.encoding());
    return source.add(block("file_match").bool("enabled", true)).build();
  }

  private static String exclude(List<String> globs) {
    return globs.size() == 1 ? globs.getFirst() : "{" + String.join(",", globs) + "}";
  }

  private static List<Block> journal(JournalInput journal, String label, int index) {
    List<String> matches = new ArrayList<>();
    journal.units().forEach(unit -> matches.add("_SYSTEMD_UNIT=" + unit));
    journal.matches().forEach((field, value) -> matches.add(field + "=" + value));
    Block rules =
        block("loki.relabel", "journal_" + index)
            .value("forward_to", Synthetic.array(List.of()))
            .add(rule("__journal__systemd_unit", "unit"))
            .add(rule("__journal__hostname", "node"))
            .add(rule("__journal__transport", "transport"))
            .build();
    BlockDraft source =
        block("loki.source.journal", label)
            .value("forward_to", forward(index))
            .text("max_age", Units.time(journal.maxAge()))
            .texts("labels", Map.of("job", "journal"))
            .value(
                "relabel_rules", Synthetic.reference("loki.relabel.journal_" + index + ".rules"));
    some(source, "matches", String.join(" ", matches));
    return List.of(rules, source.build());
  }

  private static BlockDraft rule(String from, String to) {
    return block("rule").texts("source_labels", List.of(from)).text("target_label", to);
  }

  private static void some(BlockDraft block, String attribute, List<String> values) {
    if (!values.isEmpty()) {
      block.texts(attribute, values);
    }
  }

  private static void some(BlockDraft block, String attribute, String value) {
    if (!Objects.requireNonNull(value).isEmpty()) {
      block.text(attribute, value);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
