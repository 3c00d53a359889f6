package dev.weir.agent.convert;

import static dev.weir.agent.convert.Fields.bool;
import static dev.weir.agent.convert.Fields.duration;
import static dev.weir.agent.convert.Fields.list;
import static dev.weir.agent.convert.Fields.number;
import static dev.weir.agent.convert.Fields.text;

import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where the targets of a scrape config come from.
final class Discoveries {
  private static final Map<String, Field[]> KINDS = kinds();

  /// Those of Promtail that Weir does not have.
  private static final Set<String> OTHERS =
      Set.of(
          "azure_sd_configs",
          "consul_sd_configs",
          "consulagent_sd_configs",
          "digitalocean_sd_configs",
          "dns_sd_configs",
          "dockerswarm_sd_configs",
          "ec2_sd_configs",
          "gce_sd_configs",
          "kuma_sd_configs",
          "marathon_sd_configs",
          "nerve_sd_configs",
          "openstack_sd_configs",
          "serverset_sd_configs",
          "triton_sd_configs");

  private final Job job;
  private final List<Expression> targets = new ArrayList<>();
  private final List<Expression> literal = new ArrayList<>();

  private Discoveries(Job job) {
    this.job = job;
  }

  private static Map<String, Field[]> kinds() {
    Map<String, Field[]> kinds = new LinkedHashMap<>();
    kinds.put(
        "kubernetes",
        new Field[] {
          text("api_server"),
          text("role"),
          text("kubeconfig_file"),
          Fields.block("namespaces", bool("own_namespace"), list("names")),
          blocks("selectors", "selectors", text("role"), text("label"), text("field")),
          Fields.block("attach_metadata", bool("node"), bool("namespace")),
          HttpFields.CLIENT
        });
    kinds.put("file", new Field[] {list("files"), duration("refresh_interval")});
    return kinds;
  }

  static final Field[] DOCKER = {
    text("host"),
    number("port"),
    text("host_networking_host"),
    duration("refresh_interval"),
    bool("match_first_network"),
    blocks("filters", "filter", text("name"), list("values")),
    HttpFields.CLIENT
  };

  private static Field blocks(String yaml, String river, Field... fields) {
    return (section, into) -> {
      for (Section one : section.sections(yaml)) {
        into.add(Synthetic.block(river, null, Fields.statements(one, fields)));
      }
    };
  }

  /// Takes the discoveries of files out of a scrape config, and adds their components.
  ///
  /// @return the lists of targets, none without discoveries
  static List<Expression> take(Section config, Job job) {
    var discoveries = new Discoveries(job);
    config.sections("static_configs").forEach(discoveries::literal);
    if (!discoveries.literal.isEmpty()) {
      discoveries.targets.add(Synthetic.array(discoveries.literal));
    }
    KINDS.forEach((kind, fields) ->
        discoveries.discover(kind, config.sections(kind + "_sd_configs"), fields));
    for (String other : OTHERS) {
      Fields.unsupported(other, "is not supported").convert(config, job.into());
    }
    return discoveries.targets;
  }

  private void literal(Section group) {
    Map<String, String> labels = group.texts("labels");
    List<String> addresses = group.textOrTexts("targets");
    group.close();
    if (addresses.isEmpty()) {
      literal.add(Scalars.object(labels));
    }
    for (String address : addresses) {
      Map<String, String> target = new LinkedHashMap<>();
      target.put("__address__", address);
      target.putAll(labels);
      literal.add(Scalars.object(target));
    }
  }

  private void discover(String kind, List<Section> configs, Field[] fields) {
    int number = 0;
    for (Section config : configs) {
      String label = ++number == 1 ? job.label() : job.label() + "_" + number;
      List<Statement> statements = Fields.statements(config, fields);
      job.component("discovery." + kind, label, statements);
      targets.add(Synthetic.reference("discovery." + kind + "." + label + ".targets"));
    }
  }
}
