package dev.weir.agent.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.Components;
import dev.weir.agent.go.GoDuration;
import dev.weir.agent.river.eval.BlockFamily;
import dev.weir.agent.river.eval.BlockFamilyField;
import dev.weir.agent.river.eval.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every argument that Alloy's reference lists for the components and stages that Weir has is
/// there, required or with the same default.
class AlloyArgumentsTest {
  private static final Set<String> NOTHING = Set.of("", "null", "{}", "[]", "0", "0s", "false");

  /// Where Weir has something else, and why.
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("loki.write endpoint max_backoff_period", "docs/differences.md"),
          Map.entry("loki.write endpoint max_backoff_retries", "docs/differences.md"),
          Map.entry("loki.write queue_config drain_timeout", "15s in Alloy's code"),
          Map.entry("loki.write wal drain_timeout", "15s in Alloy's code"),
          Map.entry("loki.source.docker targets", "an extension: all containers"),
          Map.entry("loki.source.docker labels", "optional in Alloy's code"),
          Map.entry("loki.source.api tls client_ca_pem", "client_ca in Alloy's code"),
          Map.entry("loki.source.heroku tls client_ca_pem", "client_ca in Alloy's code"),
          Map.entry("stage.limit max_distinct_labels", "raised to 10000 when used"),
          Map.entry("stage.label_drop values", "must not be empty in Alloy either"),
          Map.entry("stage.label_keep values", "must not be empty in Alloy either"),
          Map.entry("stage.labels values", "must not be empty in Alloy either"),
          Map.entry("stage.static_labels values", "must not be empty in Alloy either"),
          Map.entry("stage.structured_metadata_drop values", "must not be empty in Alloy either"));

  /// Empty where that means the default that Alloy writes out.
  private static final Map<String, String> MEANT =
      Map.of(
          "type", "Bearer",
          "client_auth_type", "NoClientCert",
          "prefix", "loki_process_custom_",
          "max_connection_age", "infinity",
          "max_connection_age_grace", "infinity",
          "max_connection_idle", "infinity");

  /// A line of the list.
  ///
  /// @param block empty for the component's own arguments
  /// @param fallback `required`, or the default, empty for nothing
  private record Fact(String owner, String block, String name, String fallback) {
    static Fact of(String line) {
      String[] parts = line.split("\\|", -1);
      return new Fact(parts[0], parts[1], parts[2], parts[3]);
    }

    String place() {
      return owner + (block.isEmpty() ? "" : " " + block) + " " + name;
    }
  }

  @Test
  void areAllThere() throws IOException {
    Map<String, Class<? extends Record>> owners = new HashMap<>(Pages.stages());
    Components.ALL.forEach(type -> owners.put(type.name(), type.arguments()));
    Set<String> wrong = new TreeSet<>();
    int checked = 0;
    for (Fact fact : facts()) {
      Class<? extends Record> owner = owners.get(fact.owner());
      if (owner != null && !OTHERWISE.containsKey(fact.place())) {
        checked++;
        find(owner, fact.block(), fact.name())
            .ifPresentOrElse(
                argument -> {
                  if (!agrees(argument, fact)) {
                    wrong.add(fact + " but " + argument.fallback());
                  }
                },
                () -> wrong.add(fact + " is missing"));
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(checked).isGreaterThan(600);
  }

  private static boolean agrees(Argument argument, Fact fact) {
    if (argument.required() || fact.fallback().equals("required")) {
      return argument.required() && fact.fallback().equals("required");
    }
    String ours = argument.fallback().replaceAll("^`\"?|\"?`$", "");
    String theirs = fact.fallback();
    return (NOTHING.contains(ours) && NOTHING.contains(theirs))
        || ours.equals(theirs)
        || sameDuration(ours, theirs)
        || sameSize(ours, theirs)
        || isMeant(fact.name(), ours, theirs);
  }

  private static boolean isMeant(String name, String ours, String theirs) {
    String meant = MEANT.get(name);
    return meant != null
        && ((NOTHING.contains(ours) && theirs.equals(meant))
            || (NOTHING.contains(theirs) && ours.equals(meant)));
  }

  private static boolean sameDuration(String ours, String theirs) {
    try {
      return GoDuration.parse(ours).equals(GoDuration.parse(theirs));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean sameSize(String ours, String theirs) {
    try {
      return ByteSize.parse(ours).equals(ByteSize.parse(theirs));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<Argument> find(
      Class<? extends Record> record, String block, String name) {
    List<Argument> arguments = Argument.of(record);
    if (block.isEmpty()) {
      return arguments.stream().filter(each -> each.name().equals(name)).findFirst();
    }
    return blocks(arguments)
        .flatMap(each ->
            (each.name().equals(block)
                    ? find(each.record(), "", name)
                    : find(each.record(), block, name))
                .stream())
        .findFirst();
  }

  private record Inner(String name, Class<? extends Record> record) {}

  private static Stream<Inner> blocks(List<Argument> arguments) {
    List<Inner> blocks = new ArrayList<>();
    for (Argument argument : arguments) {
      if (argument.isBlock()) {
        blocks.add(new Inner(argument.name(), argument.block()));
      } else if (argument.isFamily()
          && !argument.component().getAnnotation(BlockFamilyField.class).prefix().equals("stage")) {
        BlockFamilyField family = argument.component().getAnnotation(BlockFamilyField.class);
        members(family)
            .members()
            .forEach((name, record) -> blocks.add(new Inner(family.prefix() + "." + name, record)));
      }
    }
    return blocks.stream();
  }

  private static BlockFamily members(BlockFamilyField family) {
    try {
      return family.family().getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Fact> facts() throws IOException {
    try (InputStream in = AlloyArgumentsTest.class.getResourceAsStream("/alloy/arguments.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Fact::of)
          .toList();
    }
  }
}
