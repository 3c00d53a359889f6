package dev.weir.agent.faults.kit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A Docker Engine of a test's own, which it may stop and start again: with its own data, without a
/// bridge or rules of a firewall. Needs root and `dockerd`.
public final class OwnDockerd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final boolean liveRestore;
  private @Nullable Process process;

  /// @param directory short enough for the path of a socket
  /// @param liveRestore whether containers live on while it is away
  public OwnDockerd(Path directory, boolean liveRestore) {
    Command.requireRoot("starts a Docker Engine");
    this.directory = directory;
    this.liveRestore = liveRestore;
  }

  /// The address as a `host` argument takes it.
  public String address() {
    return "unix://" + directory.resolve("docker.sock");
  }

  /// Starts it and waits until it answers.
  public OwnDockerd start() {
    try {
      Files.createDirectories(directory);
      process =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(this::answers);
    return this;
  }

  private List<String> command() {
    return List.of(
        "dockerd",
        "--host=" + address(),
        "--data-root=" + directory.resolve("data"),
        "--exec-root=" + directory.resolve("exec"),
        "--pidfile=" + directory.resolve("pid"),
        "--bridge=none",
        "--iptables=false",
        "--live-restore=" + liveRestore);
  }

  private boolean answers() {
    try {
      Command.run("docker", "--host", address(), "version");
      return true;
    } catch (IllegalStateException notYet) {
      return false;
    }
  }

  /// Sends it a signal, such as `STOP`.
  public void signal(String name) {
    Command.run("sh", "-c", "kill -%s %d".formatted(name, running().pid()));
  }

  /// Ends it and waits for that.
  public void stop() {
    try {
      running().destroy();
      if (!running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("dockerd does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }

  @Override
  public void close() {
    stop();
    // What it left mounted would keep its directory from being removed.
    Command.run(
        "sh",
        "-c",
        "grep -o ' %s/[^ ]*' /proc/mounts | sort -r | xargs -r -n1 umount -l".formatted(directory));
  }
}
