package dev.weir.agent.loki.secretfilter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.weir.agent.loki.secretfilter.SecretRule.Allowlist;
import dev.weir.agent.regex.GoRegex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rules and what all of them leave alone, read from the form of gitleaks.
record SecretRules(List<SecretRule> rules, List<Allowlist> allowlists) {
  private static final String BUILT_IN = "rules.toml";

  /// The rules that come with the agent.
  static SecretRules builtIn() {
    try (InputStream in = SecretRules.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException(BUILT_IN + " is missing");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rules of a file.
  ///
  /// @throws IOException when it cannot be read
  /// @throws IllegalArgumentException when it holds no rules, with a message for the user
  static SecretRules read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /// @throws IllegalArgumentException when the text holds no rules, with a message for the user
  static SecretRules parse(String text) {
    JsonNode root;
    try {
      root = new TomlMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("parse gitleaks config: " + e.getOriginalMessage(), e);
    }
    Map<String, SecretRule> rules = new LinkedHashMap<>();
    List<Allowlist> allowlists = new ArrayList<>();
    extend(root.path("extend"), rules, allowlists);
    for (JsonNode rule : root.path("rules")) {
      SecretRule parsed = rule(rule);
      if (parsed != null) {
        rules.put(parsed.id(), parsed);
      }
    }
    allowlists.addAll(allowlists(root));
    return new SecretRules(List.copyOf(rules.values()), List.copyOf(allowlists));
  }

  private static void extend(
      JsonNode extend, Map<String, SecretRule> rules, List<Allowlist> allowlists) {
    if (extend.has("path") || extend.has("url")) {
      throw new IllegalArgumentException(
          "gitleaks config: [extend] with path or url is not supported, only useDefault");
    }
    if (extend.path("useDefault").asBoolean()) {
      SecretRules builtIn = builtIn();
      builtIn.rules().forEach(rule -> rules.put(rule.id(), rule));
      allowlists.addAll(builtIn.allowlists());
    }
    extend.path("disabledRules").forEach(id -> rules.remove(id.asText()));
  }

  /// Null for a rule about paths of files, which lines do not have.
  private static @Nullable SecretRule rule(JsonNode rule) {
    String id = rule.path("id").asText();
    if (id.isEmpty()) {
      throw new IllegalArgumentException("gitleaks config: a rule has no id");
    }
    String regex = rule.path("regex").asText();
    if (regex.isEmpty()) {
      return null;
    }
    GoRegex compiled = regex(id, regex);
    int group = rule.path("secretGroup").asInt();
    if (group < 0 || group > compiled.groupCount()) {
      throw new IllegalArgumentException(
          "gitleaks config: rule " + id + " has no group " + group + " for its secret");
    }
    return new SecretRule(
        id,
        compiled,
        lower(rule.path("keywords")),
        group,
        rule.path("entropy").asDouble(),
        allowlists(rule));
  }

  private static GoRegex regex(String id, String text) {
    try {
      return GoRegex.compile(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("gitleaks config: rule " + id + ": " + e.getMessage(), e);
    }
  }

  private static List<String> lower(JsonNode texts) {
    List<String> lower = new ArrayList<>();
    texts.forEach(text -> lower.add(text.asText().toLowerCase(Locale.ROOT)));
    return List.copyOf(lower);
  }

  /// In the older form there is one, in the newer there are several.
  private static List<Allowlist> allowlists(JsonNode of) {
    List<Allowlist> lists = new ArrayList<>();
    if (of.has("allowlist")) {
      lists.add(allowlist(of.path("allowlist")));
    }
    of.path("allowlists").forEach(list -> lists.add(allowlist(list)));
    return List.copyOf(lists);
  }

  private static Allowlist allowlist(JsonNode list) {
    List<GoRegex> regexes = new ArrayList<>();
    list.path("regexes").forEach(text -> regexes.add(regex("allowlist", text.asText())));
    return new Allowlist(
        List.copyOf(regexes), lower(list.path("stopwords")), list.path("regexTarget").asText());
  }
}
