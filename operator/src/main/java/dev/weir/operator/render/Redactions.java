package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.Builtin;
import dev.weir.operator.api.RedactPattern;
import dev.weir.operator.api.RedactStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Takes secrets out of lines.
final class Redactions {
  private static final String DIGIT = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

  private static final Map<Builtin, String> EXPRESSIONS =
      Map.of(
          Builtin.EMAIL, "[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,24}",
          Builtin.IPV4, "\\b" + DIGIT + "(?:\\." + DIGIT + "){3}\\b",
          Builtin.IPV6,
              "(?i:\\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\\b"
                  + "|\\b(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}\\b"
                  + "|\\b(?:[0-9a-f]{1,4}:){1,7}:|::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4}\\b)",
          Builtin.IBAN, "\\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b",
          Builtin.JWT, "\\beyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*",
          Builtin.BEARER, "(?i:\\bbearer)\\s+[A-Za-z0-9._~+/-]{8,}=*",
          Builtin.AWS_KEY, "\\b(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}\\b",
          Builtin.PRIVATE_KEY,
              "(?s:-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$))");

  private static final String GONE = "***";
  private static final int CARD_DIGITS = 13;

  private Redactions() {}

  static List<Block> of(RedactStage redact) {
    List<Block> blocks = new ArrayList<>();
    for (Builtin one : redact.builtin()) {
      blocks.add(builtin(one));
    }
    for (RedactPattern pattern : redact.patterns()) {
      blocks.add(replace(pattern.regex(), pattern.replacement(), ""));
    }
    return blocks;
  }

  private static Block builtin(Builtin one) {
    String expression = EXPRESSIONS.get(one);
    return expression == null
        ? block("stage.luhn")
            .text("replacement", GONE)
            .number("min_length", CARD_DIGITS)
            .text("delimiters", " -")
            .build()
        : replace(expression, GONE, "");
  }

  /// Replaces every match by a text, in the line or a field.
  static Block replace(String expression, String replacement, String source) {
    BlockDraft stage = block("stage.replace").text("expression", RegexText.group(expression));
    if (!source.isEmpty()) {
      stage.text("source", source);
    }
    return stage.text("replace", TemplateText.literal(replacement)).build();
  }
}
