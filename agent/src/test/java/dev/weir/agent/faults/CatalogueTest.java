package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.faults.Catalogue.Case;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of faults in `docs/reliability.md` has every case, and each is proven by tests that
/// there are, or says why it is not. With `-Dweir.update` it is written anew first.
@Tag("faults-short")
class CatalogueTest {
  private static final Path PAGE = Path.of("..", "docs", "reliability.md");
  private static final int CASES = 66;

  @BeforeAll
  static void updateWhereAsked() throws IOException {
    if (Boolean.getBoolean("weir.update")) {
      Files.writeString(PAGE, Catalogue.updated(Files.readString(PAGE)));
    }
  }

  static Stream<Case> cases() {
    return Catalogue.cases().stream();
  }

  @Test
  void hasEveryNumberOnceAndInOrder() {
    assertThat(cases().map(Case::number))
        .isEqualTo(
            IntStream.rangeClosed(1, CASES).mapToObj(number -> "F%02d".formatted(number)).toList());
  }

  @Test
  void isInTheDocumentation() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page)
        .as("run this test with -Dweir.update to write it anew")
        .isEqualTo(Catalogue.updated(page))
        .contains("| F66 |");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isProvenByTestsThatThereAre(Case each) throws ClassNotFoundException {
    assertThat(each.proofs().isEmpty()).isEqualTo(each.result().startsWith("not run here: "));
    for (String proof : each.proofs()) {
      String[] parts = proof.split("#", -1);
      Class<?> type = Class.forName("dev.weir.agent." + parts[0]);
      List<String> methods = Arrays.stream(type.getDeclaredMethods()).map(Method::getName).toList();
      assertThat(methods).as(proof).contains(parts[1]);
    }
  }
}
