package dev.weir.agent.pipelinetest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of tests, in YAML.
///
/// @param config the River file or directory, relative to this file
public record TestFile(String config, List<Case> tests) {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  public TestFile {
    if (config == null || config.isEmpty()) {
      throw new IllegalArgumentException("config must name a River file");
    }
    if (tests == null || tests.isEmpty()) {
      throw new IllegalArgumentException("tests must list at least one test");
    }
    tests = List.copyOf(tests);
  }

  /// One test.
  ///
  /// @param to the component that gets the lines, such as `loki.process.shop`
  /// @param at the `loki.write` whose entries count; all of them without one
  /// @param expect the entries, in order; null where only their number matters
  /// @param count how many entries; null where they are listed
  public record Case(
      String name,
      String to,
      @Nullable String at,
      List<Line> input,
      @Nullable List<Line> expect,
      @Nullable Integer count) {
    public Case {
      if (name == null || name.isEmpty()) {
        throw new IllegalArgumentException("a test has no name");
      }
      if (to == null || to.isEmpty()) {
        throw new IllegalArgumentException(
            "test \"" + name + "\": to must name the component that gets the lines");
      }
      if (input == null || input.isEmpty()) {
        throw new IllegalArgumentException("test \"" + name + "\": input must have a line");
      }
      if ((expect == null) == (count == null)) {
        throw new IllegalArgumentException("test \"" + name + "\": give either expect or count");
      }
    }
  }

  /// A log line on its way in, or as it is expected; then only what is given is compared.
  public record Line(
      @Nullable String line,
      @Nullable Map<String, String> labels,
      @Nullable String time,
      @JsonProperty("structured_metadata") @Nullable Map<String, String> structuredMetadata) {
    public Line {
      if (time != null) {
        parse(time);
      }
    }

    /// Nothing without a time.
    @Nullable Instant instant() {
      return time == null ? null : parse(time);
    }

    private static Instant parse(String time) {
      try {
        return Instant.parse(time);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "time must be like 2026-01-31T12:00:00Z, got \"" + time + "\"", e);
      }
    }
  }

  /// Reads a file.
  ///
  /// @throws IOException when it cannot be read
  /// @throws IllegalArgumentException when it is no file of tests; the message names the place
  public static TestFile read(Path file) throws IOException {
    try {
      TestFile read = MAPPER.readValue(Files.readAllBytes(file), TestFile.class);
      if (read == null) {
        throw new IllegalArgumentException(file + " is empty");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw e.getCause() instanceof JsonParseException noYaml
          ? refusal(file, noYaml)
          : refusal(file, e);
    }
  }

  private static IllegalArgumentException refusal(Path file, JsonProcessingException e) {
    return new IllegalArgumentException(place(file, e) + ": " + reason(e), e);
  }

  /// A line for what is no YAML, else the path of the field.
  private static String place(Path file, JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      var path = new StringBuilder();
      for (JsonMappingException.Reference step : mapping.getPath()) {
        if (step.getFieldName() == null) {
          path.append('[').append(step.getIndex()).append(']');
        } else {
          path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
        }
      }
      return file + ": " + path;
    }
    return e.getLocation() == null ? file.toString() : file + ":" + e.getLocation().getLineNr();
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException) {
      return "unknown field";
    }
    if (e instanceof JsonParseException) {
      return "not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("");
    }
    Throwable cause = e.getCause();
    return cause instanceof IllegalArgumentException
        ? String.valueOf(cause.getMessage())
        : e.getOriginalMessage();
  }
}
