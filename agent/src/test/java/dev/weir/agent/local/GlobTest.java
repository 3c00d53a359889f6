package dev.weir.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /var/log/*.log      | /var/log/a.log        | true
          /var/log/*.log      | /var/log/a/b.log      | false
          /var/log/**/*.log   | /var/log/a.log        | true
          /var/log/**/*.log   | /var/log/a/b/c.log    | true
          /var/log/**         | /var/log/a/b          | true
          /**/b/*.log         | /a/b/c/b/x.log        | true
          /**/b/*.log         | /a/b/c/x.log          | false
          /a/{b,c}/x          | /a/c/x                | true
          /a/{b,c{d,e/f}}/x   | /a/ce/f/x             | true
          /a/{b,c}/x          | /a/d/x                | false
          /a/?.log            | /a/x.log              | true
          /a/?.log            | /a/xy.log             | false
          /a/[a-c]x           | /a/bx                 | true
          /a/[^a-c]x          | /a/bx                 | false
          /a/[!a-c]x          | /a/dx                 | true
          /a/\\*x             | /a/*x                 | true
          /a/\\*x             | /a/bx                 | false
          /a/*a*b*c           | /a/xxaxxbxxc          | true
          /a/*a*b*c           | /a/xxaxxbxx           | false
          """)
  void matchesPaths(String glob, String path, boolean matches) {
    assertThat(Glob.parse(glob.replace("\\\\", "\\")).matches(Path.of(path))).isEqualTo(matches);
  }

  @Test
  void findsFilesInDirectories() throws Exception {
    make("a.log", "b.txt", "d/e.log", "d/f/g.log", "h/i.log");

    assertThat(found("*.log")).containsExactly("a.log");
    assertThat(found("**/*.log")).containsExactly("a.log", "d/e.log", "d/f/g.log", "h/i.log");
    assertThat(found("{d,h}/*.log")).containsExactly("d/e.log", "h/i.log");
    assertThat(found("d/**/g.log")).containsExactly("d/f/g.log");
    assertThat(found("d/e.log")).containsExactly("d/e.log");
    assertThat(found("nowhere/*/x")).isEmpty();
  }

  @Test
  void followsLinksButNotInCircles() throws Exception {
    make("d/e.log");
    Files.createSymbolicLink(root.resolve("d/up"), root);
    Files.createSymbolicLink(root.resolve("link.log"), root.resolve("d/e.log"));

    assertThat(found("**/*.log")).contains("d/e.log", "link.log").hasSizeLessThan(10);
  }

  @Test
  void refusesBracesThatDoNotMatchOrMeanTooMuch() {
    assertThatThrownBy(() -> Glob.parse("/a/{b,c")).hasMessageContaining("syntax error");
    assertThatThrownBy(() -> Glob.parse("{a,b,c,d}".repeat(10))).hasMessageContaining("too many");
  }

  private List<String> found(String glob) {
    return Glob.parse(root + "/" + glob).paths().stream()
        .map(path -> root.relativize(path).toString())
        .toList();
  }

  private void make(String... files) throws IOException {
    for (String file : files) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "x");
    }
  }
}
