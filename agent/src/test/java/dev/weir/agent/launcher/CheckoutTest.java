package dev.weir.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher of a checkout, on a checkout whose Maven makes a program that says what it was
/// built from.
class CheckoutTest {
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");
  private static final Instant BUILT = Instant.parse("2011-02-03T04:05:06Z");
  private static final Instant LATER = Instant.parse("2021-02-03T04:05:06Z");

  @TempDir private Path top;
  private Path source = Path.of("");

  @BeforeEach
  void checkOut() throws IOException {
    Files.copy(Path.of("../weir"), top.resolve("weir"));
    source = top.resolve("agent/src/main/source");
    write("pom.xml", "");
    write("agent/pom.xml", "");
    write("config/alloy/config.river", "");
    write("agent/src/main/source", "one");
    age(LONG_AGO, "agent/src/main", "pom.xml", "agent/pom.xml", "config/alloy/config.river");
    age(LONG_AGO, "agent/src/main/source");
    program(
        "bin/mvn",
        """
        echo built >>builds
        [ ! -e fails ] || exit 1
        mkdir -p agent/target/dist/bin agent/target/build-done
        { echo '#!/bin/sh'; echo "[ \\$1 = --train ] || echo $(cat agent/src/main/source) \\$*"; } >agent/target/dist/bin/weir
        chmod +x agent/target/dist/bin/weir
        cat began >agent/target/build-done/stamp
        """);
    write("began", BUILT + "\n");
  }

  @Test
  void buildsOnceForAsLongAsNothingChanges() throws Exception {
    assertThat(launch("a", "b c")).endsWith("one a b c\n").contains("building");
    assertThat(launch("d")).isEqualTo("one d\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void takesWhatMavenBuiltByItself() throws Exception {
    run(List.of(top.resolve("bin/mvn").toString()));

    assertThat(launch("a")).isEqualTo("one a\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAnewAfterAChange() throws Exception {
    launch("a");
    change("two");

    assertThat(launch("b")).endsWith("two b\n");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void buildsAnewAfterAChangeDuringTheBuild() throws Exception {
    launch("a");
    // Newer than the beginning of the build, older than its end.
    age(BUILT.plusSeconds(1), "agent/src/main/source");

    assertThat(launch("b")).contains("building");
  }

  @Test
  void buildsAnewAfterAFileIsGone() throws Exception {
    write("agent/src/main/other", "");
    age(LONG_AGO, "agent/src/main/other", "agent/src/main");
    launch("a");

    Files.delete(top.resolve("agent/src/main/other"));

    assertThat(launch("b")).contains("building");
  }

  @Test
  void buildsTheDemoAnewWhenItsConfigurationChanges() throws Exception {
    launch("demo");
    age(LATER, "config/alloy/config.river");

    assertThat(launch("run")).isEqualTo("one run\n");
    assertThat(launch("demo")).contains("building");
  }

  @Test
  void doesNotRunTheOldProgramWhenTheBuildFails() throws Exception {
    launch("a");
    change("two");
    write("fails", "");

    assertThat(launch("b")).contains("the build failed").doesNotContain("one b");
    assertThat(launch("b")).contains("the build failed");
  }

  private void change(String text) throws IOException {
    Files.writeString(source, text);
    age(LATER, "agent/src/main/source");
    write("began", LATER.plusSeconds(1) + "\n");
  }

  private void age(Instant time, String... paths) throws IOException {
    for (String path : paths) {
      Files.setLastModifiedTime(top.resolve(path), FileTime.from(time));
    }
  }

  private long builds() throws IOException {
    return Files.readAllLines(top.resolve("builds")).size();
  }

  private void write(String path, String text) throws IOException {
    Path file = top.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void program(String path, String text) throws IOException {
    write(path, "#!/bin/sh\nset -e\n" + text);
    Files.setPosixFilePermissions(top.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(top.resolve("weir").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private String run(List<String> command) throws Exception {
    var builder = new ProcessBuilder(command).directory(top.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", top.resolve("bin") + ":", (path, bin) -> bin + path);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
