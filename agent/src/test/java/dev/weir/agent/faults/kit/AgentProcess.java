package dev.weir.agent.faults.kit;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The agent as a process of its own, as an installation starts it, that may live several times: it
/// keeps its configuration and its state from life to life.
///
/// Belongs to the thread of its test; closing it ends the process.
public final class AgentProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern LISTENING =
      Pattern.compile("addr=\"?\\S*?:(\\d+)\\b.*now listening|now listening.*addr=\"?\\S*?:(\\d+)");

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private List<String> prefix = List.of();
  private List<String> options = List.of();
  private @Nullable Process process;
  private int life;

  private AgentProcess(Path directory) {
    this.directory = directory;
  }

  /// An agent that has its configuration, state and output in a directory.
  public static AgentProcess in(Path directory) {
    return new AgentProcess(directory);
  }

  /// Writes its configuration, which a running agent reads on [#reload].
  public AgentProcess configure(String river) {
    try {
      Files.createDirectories(state());
      Path fresh = Files.writeString(directory.resolve("config.river.new"), river);
      Files.move(fresh, configuration(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sets a variable of the environment of the lives to come.
  public AgentProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Puts a command before that of the lives to come.
  public AgentProcess prefix(String... command) {
    prefix = List.of(command);
    return this;
  }

  /// Gives options to the JVM of the lives to come, which win over the usual ones.
  public AgentProcess jvmOptions(String... more) {
    options = List.of(more);
    return this;
  }

  public Path configuration() {
    return directory.resolve("config.river");
  }

  /// Where it keeps its state.
  public Path state() {
    return directory.resolve("state");
  }

  /// Starts it and waits until it listens.
  public AgentProcess start() {
    launch();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !living().isAlive() || LISTENING.matcher(output()).find());
    if (!living().isAlive()) {
      throw new IllegalStateException("the agent ended early: " + output());
    }
    return this;
  }

  /// Starts it and waits for nothing.
  public AgentProcess launch() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException("it lives already");
    }
    life++;
    try {
      var builder =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(outputFile().toFile());
      builder.environment().putAll(environment);
      process = builder.start();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("src/main/dist/jvm.options").toAbsolutePath());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), "dev.weir.agent.cli.Main", "run"));
    command.add("--storage.path=" + state());
    command.add("--server.http.listen-addr=127.0.0.1:0");
    command.add(configuration().toString());
    return command;
  }

  /// What this test runs on, without the tests themselves.
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty() && !entry.endsWith("test-classes"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path outputFile() {
    return directory.resolve("output-" + life);
  }

  /// What it has printed in this life.
  public String output() {
    try {
      return Files.readString(outputFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public long pid() {
    return living().pid();
  }

  /// Memory that no file backs, MB.
  public long anonymousMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGKILL, and waits for the end.
  public void kill() {
    living().destroyForcibly();
    awaitEnd();
  }

  /// SIGTERM, and waits for the end.
  ///
  /// @return its status
  public int stop() {
    signal("TERM");
    return awaitEnd();
  }

  /// Sends a signal, such as `STOP`.
  public void signal(String name) {
    try {
      int status =
          new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, pid())).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("cannot send " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// Waits for the end.
  ///
  /// @return its status
  public int awaitEnd() {
    try {
      if (!living().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the agent does not end: " + output());
      }
      return living().exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }

  private Process living() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }

  /// Reads its configuration again.
  ///
  /// @return the answer's status
  public int reload() {
    return request("POST", "/-/reload").statusCode();
  }

  /// The body of a page of its HTTP server.
  public String get(String path) {
    return request("GET", path).body();
  }

  /// The status of a page of its HTTP server.
  public int status(String path) {
    return request("GET", path).statusCode();
  }

  private HttpResponse<String> request(String method, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port() + path);
    var request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).timeout(PATIENCE);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private String port() {
    Matcher listening = LISTENING.matcher(output());
    if (!listening.find()) {
      throw new IllegalStateException("it does not listen: " + output());
    }
    return listening.group(1) == null ? listening.group(2) : listening.group(1);
  }

  /// A metric, summed over its labels; 0 when there is none of that name.
  public double metric(String name) {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }
}
