package dev.weir.agent.convert;

import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.List;

/// `limits_config` as a stage.
final class Limits {
  private static final String DEFAULT_RATE = "10000";

  private Limits() {}

  /// The stages that stand for it, none without a limit on lines.
  static List<Statement> take(Section document) {
    Section limits = document.section("limits_config").orElse(null);
    if (limits == null) {
      return List.of();
    }
    List<Statement> stage = new ArrayList<>();
    boolean enabled = limits.text("readline_rate_enabled").orElse("").equals("true");
    stage.add(number("rate", limits.text("readline_rate").orElse(DEFAULT_RATE)));
    stage.add(number("burst", limits.text("readline_burst").orElse(DEFAULT_RATE)));
    boolean drops = !limits.text("readline_rate_drop").orElse("true").equals("false");
    stage.add(Synthetic.attribute("drop", Synthetic.bool(drops)));
    List<Statement> nothing = new ArrayList<>();
    for (String other : List.of("max_streams", "max_line_size", "max_line_size_truncate")) {
      Fields.ignored(other, "is not converted: Loki's own limits hold").convert(limits, nothing);
    }
    limits.close();
    if (!enabled) {
      return List.of();
    }
    limits
        .findings()
        .warning(
            limits.node(),
            "limits_config holds for each scrape config alone, not for all of them together");
    return List.of(Synthetic.block("stage.limit", null, stage));
  }

  private static Statement number(String name, String value) {
    try {
      return Synthetic.attribute(name, Synthetic.number(Double.parseDouble(value)));
    } catch (NumberFormatException e) {
      return Synthetic.attribute(name, Synthetic.string(value));
    }
  }
}
