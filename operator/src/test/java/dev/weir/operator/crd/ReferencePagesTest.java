package dev.weir.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencePagesTest {
  private static final Path PAGES = Path.of("../docs/reference");

  static Stream<Class<? extends CustomResource<?, ?>>> kinds() {
    return CrdText.KINDS.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void saysWhatTheSchemaSays(Class<? extends CustomResource<?, ?>> kind) throws IOException {
    JsonNode crd = CrdText.tree(CrdText.wanted(kind));
    Path page = PAGES.resolve(crd.at("/spec/names/singular").asText() + ".md");
    String wanted = ReferencePage.of(crd);
    if (Boolean.getBoolean("weir.update")) {
      Files.createDirectories(PAGES);
      Files.writeString(page, wanted);
    }

    assertThat(Files.exists(page) ? Files.readString(page) : "")
        .as("%s; update it as CONTRIBUTING.md says", page)
        .isEqualTo(wanted);
  }
}
