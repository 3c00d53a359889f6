package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Ledger;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Verdict;
import dev.weir.agent.sandbox.Fault;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A Loki whose name does not resolve, or resolves to another address than before. Names come from
/// a file of hosts that the JVM asks instead of the system's resolver.
@Tag("faults")
@Timeout(600)
class NamesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  /// F63.
  @Test
  void findsALokiThatGetsItsNameLateAndMoves() throws IOException {
    hosts("127.0.0.1 elsewhere");
    try (var scene = new Scene(directory)) {
      int port = scene.sink().port();
      var moved = SandboxOptions.loopback();
      try (Sandbox second =
          Sandbox.start(moved.withListenAddress(new InetSocketAddress("127.0.0.2", port)))) {
        scene
            .agent()
            .jvmOptions("-Djdk.net.hosts.file=" + directory.resolve("hosts"))
            .configure(scene.river().replace("http://127.0.0.1:" + port, "http://loki:" + port));
        scene.load("a1", 100);
        scene.agent().start();
        await().atMost(PATIENCE).until(() -> scene.agent().output().contains("push failed"));

        hosts("127.0.0.1 loki");
        scene.awaitProgress(100);
        hosts("127.0.0.2 loki");
        scene.sink().faults().always(new Fault.Reset());
        await().atMost(PATIENCE).until(() -> second.totals().stored() > 100);

        Ledger ledger = scene.settle();
        await().atMost(PATIENCE).until(() -> delivered(scene.sink(), second) >= ledger.owed());
        Verdict first = ledger.check(scene.sink());
        Verdict other = ledger.check(second);
        Findings.note("F63", other, "the first had " + (first.owed() - first.lost()));
        assertThat(first.altered() + first.foreign() + other.altered() + other.foreign()).isZero();
      }
    }
  }

  /// Lines that are at one of them at least.
  private static long delivered(Sandbox first, Sandbox second) {
    Set<String> lines = new HashSet<>(first.lines("{}"));
    lines.addAll(second.lines("{}"));
    return lines.size();
  }

  private void hosts(String line) throws IOException {
    Path fresh = Files.writeString(directory.resolve("hosts.new"), line + "\n");
    Files.move(fresh, directory.resolve("hosts"), StandardCopyOption.REPLACE_EXISTING);
  }
}
