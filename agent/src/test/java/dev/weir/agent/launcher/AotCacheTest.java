package dev.weir.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The installed launcher, on a distribution whose jar prints its version.
class AotCacheTest {
  @TempDir private Path dist;

  @BeforeEach
  void install() throws IOException {
    Path source = Path.of("src/main/dist");
    Files.createDirectories(dist.resolve("bin"));
    Files.createDirectories(dist.resolve("lib"));
    Files.copy(source.resolve("jvm.options"), dist.resolve("jvm.options"));
    Files.copy(source.resolve("bin/weir"), dist.resolve("bin/weir"));
  }

  @Test
  void runsWithTheCacheThatItTrained() throws Exception {
    writeJar("one");
    launch("--train");

    assertThat(caches()).hasSize(1);
    assertThat(launch("hello")).isEqualTo("one hello");
  }

  @Test
  void doesNotRunOldClassesFromTheCacheOfAnotherJar() throws Exception {
    writeJar("one");
    launch("--train");

    writeJar("two");

    assertThat(launch("hello")).isEqualTo("two hello");
  }

  @Test
  void replacesTheCacheWhenItIsTrainedAnew() throws Exception {
    writeJar("one");
    launch("--train");
    List<Path> old = caches();

    writeJar("two");
    launch("--train");

    assertThat(caches()).hasSize(1).doesNotContainAnyElementsOf(old);
    assertThat(launch("hello")).isEqualTo("two hello");
  }

  @Test
  void runsWithoutAnyCache() throws Exception {
    writeJar("one");

    assertThat(launch("a b", "c")).isEqualTo("one a b c");
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(dist.resolve("cache"))) {
      return files.toList();
    }
  }

  private String launch(String... arguments) throws Exception {
    var command = new java.util.ArrayList<>(List.of(dist.resolve("bin/weir").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip();
  }

  private void writeJar(String version) throws IOException {
    Path source = dist.resolve("Main.java");
    Files.writeString(
        source,
        """
        package dev.weir.agent.cli;
        public class Main {
          public static void main(String[] arguments) {
            System.out.println("%s " + String.join(" ", arguments));
          }
        }
        """
            .formatted(version));
    Path classes = dist.resolve("classes");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    assertThat(status).isZero();
    String name = "dev/weir/agent/cli/Main.class";
    try (OutputStream file = Files.newOutputStream(dist.resolve("lib/weir-agent-0.jar"));
        var jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry(name));
      jar.write(Files.readAllBytes(classes.resolve(name)));
    }
  }
}
