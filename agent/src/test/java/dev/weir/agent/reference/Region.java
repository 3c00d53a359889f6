package dev.weir.agent.reference;

import dev.weir.agent.Components;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.river.eval.BlockFamilyField;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a page that is written by this class: between `<!-- KIND NAME -->` and `<!-- /KIND
/// -->`.
///
/// `arguments` are the tables of a component's arguments, blocks and exports, or those of a stage;
/// `differences` what the page of differences says of it.
final class Region {
  private static final Pattern MARKED =
      Pattern.compile("(?s)<!-- (arguments|differences) (\\S+) -->\n(.*?)<!-- /\\1 -->");
  private static final String HEAD =
      "| argument | type | default | what it is |\n|---|---|---|---|\n";

  private final StringBuilder out = new StringBuilder();

  private Region() {}

  /// The page with all its regions as they should be.
  static String update(String page, Map<String, Class<? extends Record>> stages) {
    return MARKED
        .matcher(page)
        .replaceAll(match -> Matcher.quoteReplacement(region(match, stages)));
  }

  private static String region(MatchResult match, Map<String, Class<? extends Record>> stages) {
    String name = match.group(2);
    String text;
    if (match.group(1).equals("differences")) {
      text = differences(name);
    } else if (stages.containsKey(name)) {
      text = stage(name, stages);
    } else {
      text = component(name);
    }
    return "<!-- "
        + match.group(1)
        + " "
        + name
        + " -->\n"
        + text
        + "<!-- /"
        + match.group(1)
        + " -->";
  }

  private static String stage(String name, Map<String, Class<? extends Record>> stages) {
    var region = new Region();
    region.arguments(stages.getOrDefault(name, Record.class), "", "####");
    return region.out.isEmpty() ? "It takes no arguments.\n" : region.out.toString();
  }

  private static String component(String name) {
    ComponentType<?> type =
        Components.ALL.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no component or stage " + name));
    var region = new Region();
    if (type.stability() != Stability.GENERALLY_AVAILABLE) {
      region.out.append(
          "Stability: `%s`; it wants `--stability.level=%s` or less settled.\n\n"
              .formatted(type.stability().text(), type.stability().text()));
    }
    region.arguments(type.arguments(), "", "###");
    if (region.out.isEmpty()) {
      region.out.append("It takes no arguments.\n");
    }
    region.exports(type.exports());
    return region.out.toString();
  }

  /// The table of a record's attributes, then one section for each block.
  private void arguments(Class<? extends Record> record, String path, String heading) {
    List<Argument> all = Argument.of(record);
    List<Argument> attributes =
        all.stream().filter(each -> !each.isBlock() && !each.isFamily()).toList();
    if (!attributes.isEmpty()) {
      out.append(HEAD);
      attributes.forEach(this::row);
    }
    for (Argument argument : all) {
      if (argument.isBlock()) {
        block(argument, path, heading);
      } else if (argument.isFamily()) {
        family(argument, heading);
      }
    }
  }

  private void row(Argument argument) {
    out.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                argument.name(),
                argument.type(),
                argument.fallback().replace("|", "\\|"),
                argument.text().replaceAll("(?<!\\\\)\\|", "\\\\|")));
  }

  private void block(Argument argument, String path, String heading) {
    String name = path.isEmpty() ? argument.name() : path + " > " + argument.name();
    String often =
        argument.isRepeated() ? "Any number. " : argument.required() ? "Required. " : "Optional. ";
    String text = argument.text();
    if (!out.isEmpty()) {
      out.append('\n');
    }
    out.append("%s `%s`\n\n%s%s\n\n".formatted(heading, name, often, sentence(text)));
    int before = out.length();
    arguments(argument.block(), name, heading);
    if (out.length() == before) {
      out.append("It takes no arguments.\n");
    }
  }

  private void family(Argument argument, String heading) {
    BlockFamilyField family = argument.component().getAnnotation(BlockFamilyField.class);
    if (!out.isEmpty()) {
      out.append('\n');
    }
    out.append(
        "%s `%s.*`\n\nAny number. %s\n"
            .formatted(heading, family.prefix(), sentence(argument.text())));
    if (!family.prefix().equals("stage")) {
      members(family)
          .forEach((name, record) -> {
            out.append("\n%s `%s.%s`\n\n".formatted(heading, family.prefix(), name));
            arguments(record, "", heading);
          });
    }
  }

  private static Map<String, Class<? extends Record>> members(BlockFamilyField family) {
    try {
      return new TreeMap<>(family.family().getConstructor().newInstance().members());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void exports(Class<? extends Record> exports) {
    if (exports == ComponentType.NoExports.class) {
      out.append("\nIt exports nothing.\n");
      return;
    }
    out.append("\n### Exports\n\n| export | type | what it is |\n|---|---|---|\n");
    for (Argument export : Argument.of(exports)) {
      out.append("| `%s` | %s | %s |\n".formatted(export.name(), export.type(), export.text()));
    }
  }

  private static String sentence(String text) {
    if (text.isEmpty()) {
      return text;
    }
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static String differences(String name) {
    Differences found = Differences.of(name);
    var out = new StringBuilder();
    found
        .arguments()
        .filter(text -> !text.equals("all"))
        .ifPresent(text -> out.append("Arguments: ").append(text).append(".\n\n"));
    if (!found.extensions().isEmpty()) {
      found.extensions().forEach(each -> out.append("- ").append(each).append('\n'));
      out.append('\n');
    }
    if (!found.rows().isEmpty()) {
      if (name.startsWith("stage.")) {
        out.append("Differences from Alloy:\n\n");
      }
      out.append("| what | Alloy | Weir |\n|---|---|---|\n");
      found.rows().forEach(row -> out.append(row).append('\n'));
    }
    return out.isEmpty() ? "No differences from Alloy.\n" : out.toString().stripTrailing() + "\n";
  }
}
