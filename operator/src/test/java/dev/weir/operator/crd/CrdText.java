package dev.weir.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogPipeline;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The CRDs as files: those that the generator wrote, and those that are committed.
final class CrdText {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(LogPipeline.class, ClusterLogPipeline.class, LogAgentClass.class);

  private static final Path GENERATED = Path.of("target/crds");
  private static final Path COMMITTED = Path.of("../crds");
  private static final String HEAD =
      "# Made of the classes of dev.weir.operator.api; CONTRIBUTING.md says how to update it.\n";

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .build())
          .build();

  private CrdText() {}

  /// The finished CRD of a kind, as it should be committed.
  static String wanted(Class<? extends CustomResource<?, ?>> kind) {
    return HEAD
        + text(FinishedCrd.of(kind, (ObjectNode) read(GENERATED.resolve(file(kind, "-v1.yml")))));
  }

  static String committed(Class<? extends CustomResource<?, ?>> kind) {
    try {
      Path path = path(kind);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(Class<? extends CustomResource<?, ?>> kind) {
    return COMMITTED.resolve(file(kind, ".yaml"));
  }

  static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(Path path) {
    try {
      return tree(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(Class<? extends CustomResource<?, ?>> kind, String end) {
    return CustomResource.getCRDName(kind) + end;
  }
}
