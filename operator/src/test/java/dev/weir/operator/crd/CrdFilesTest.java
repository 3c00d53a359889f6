package dev.weir.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdFilesTest {
  private static final int MOST_BYTES = 64 << 10;

  /// Where the chart carries them; its own test compares.
  private static final Path CHART = Path.of("../charts/weir/crds");

  static Stream<Class<? extends CustomResource<?, ?>>> kinds() {
    return CrdText.KINDS.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isCommittedAsTheClassesSay(Class<? extends CustomResource<?, ?>> kind) throws IOException {
    String wanted = CrdText.wanted(kind);
    if (Boolean.getBoolean("weir.update")) {
      Files.createDirectories(CrdText.path(kind).getParent());
      Files.writeString(CrdText.path(kind), wanted);
      Files.writeString(CHART.resolve(CrdText.path(kind).getFileName()), wanted);
    }

    assertThat(CrdText.committed(kind))
        .as("%s; update it as CONTRIBUTING.md says", CrdText.path(kind))
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void staysSmall(Class<? extends CustomResource<?, ?>> kind) {
    assertThat(CrdText.tree(CrdText.wanted(kind)).toString().length()).isLessThan(MOST_BYTES);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void describesAndBoundsEveryField(Class<? extends CustomResource<?, ?>> kind) {
    List<String> faults = new ArrayList<>();
    JsonNode root =
        CrdText.tree(CrdText.wanted(kind)).at("/spec/versions/0/schema/openAPIV3Schema");
    root.get("properties")
        .properties()
        .forEach(field -> look(field.getKey(), field.getValue(), true, faults));

    assertThat(faults).isEmpty();
  }

  private static void look(String path, JsonNode schema, boolean field, List<String> faults) {
    if (schema.has("x-kubernetes-preserve-unknown-fields")) {
      return;
    }
    if (field && schema.path("description").asText().isEmpty()) {
      faults.add(path + " has no description");
    }
    switch (schema.path("type").asText()) {
      case "string" -> require(schema.has("maxLength") || schema.has("enum"), path, faults);
      case "array" -> {
        require(schema.has("maxItems"), path, faults);
        require(schema.has("x-kubernetes-list-type"), path, faults);
        look(path + "[]", schema.get("items"), false, faults);
      }
      case "object" -> {
        schema
            .path("properties")
            .properties()
            .forEach(one -> look(path + "." + one.getKey(), one.getValue(), true, faults));
        if (schema.has("additionalProperties")) {
          require(schema.has("maxProperties"), path, faults);
          look(path + "{}", schema.get("additionalProperties"), false, faults);
        }
      }
      case "" -> require(schema.path("x-kubernetes-int-or-string").asBoolean(), path, faults);
      default -> {}
    }
  }

  private static void require(boolean holds, String path, List<String> faults) {
    if (!holds) {
      faults.add(path + " has no limit");
    }
  }
}
