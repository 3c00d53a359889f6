package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How lines are read.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.json) || (has(self.format) ? self.format : 'None') in ['JSON', 'Auto']",
    message = "json needs format JSON or Auto")
@ValidationRule(
    value = "has(self.regex) == ((has(self.format) ? self.format : 'None') == 'Regex')",
    message = "format Regex needs regex, and other formats have none")
@ValidationRule(
    value =
        "!(has(self.timestamp) || has(self.severity)) || (has(self.format) ? self.format : 'None') != 'None'",
    message = "timestamp and severity need a format")
@ValidationRule(
    value =
        "!has(self.onError) || self.onError == 'Keep' || (has(self.format) ? self.format : 'None') in ['JSON', 'Regex']",
    message = "onError Drop and Label need format JSON or Regex")
public record Parse(
    @JsonPropertyDescription("Format of the lines; Auto takes JSON and logfmt.") @Default("None")
        ParseFormat format,
    @JsonPropertyDescription("How JSON is read.") @Nullable JsonParse json,
    @JsonPropertyDescription("How lines of format Regex are read.") @Nullable RegexParse regex,
    @JsonPropertyDescription(
            "Where the time of a line stands; it is the time of writing when left out.")
        @Nullable TimestampParse timestamp,
    @JsonPropertyDescription("Where the severity of a line stands.")
        @Nullable SeverityParse severity,
    @JsonPropertyDescription("How lines are joined to entries.") Multiline multiline,
    @JsonPropertyDescription(
            "What becomes of a line that is not of its format; Label gives it the label parse_error.")
        @Default("Keep")
        ParseError onError) {
  public Parse {
    format = Given.or(format, ParseFormat.NONE);
    multiline = Given.or(multiline, Multiline.NONE);
    onError = Given.or(onError, ParseError.KEEP);
  }

  static final Parse NONE =
      new Parse(ParseFormat.NONE, null, null, null, null, Multiline.NONE, ParseError.KEEP);
}
