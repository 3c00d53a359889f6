package dev.weir.agent.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A real Docker Engine for tests: makes containers from a tiny image and removes them in the end.
///
/// No registry is needed: the image is one static busybox, or the shell of this machine where there
/// is none. Thread-safe.
public final class DockerEngine implements AutoCloseable {
  /// The image of every container.
  public static final String IMAGE = "weir-test/busybox";

  private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String host;
  private final DockerClient client;
  private final List<String> made = new CopyOnWriteArrayList<>();

  DockerEngine(String host) {
    this.host = host;
    this.client = client(host);
    importImage();
  }

  /// An Engine of a test's own.
  public static DockerEngine at(String host) {
    return new DockerEngine(host);
  }

  /// Where tests look for an Engine.
  static String host() {
    String own = System.getenv("WEIR_TEST_DOCKER_HOST");
    if (own != null && !own.isEmpty()) {
      return own;
    }
    return Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), DEFAULT_HOST);
  }

  /// Why there is no Engine at a host, or null when there is one.
  static @Nullable String problem(String host) {
    try (DockerClient client = client(host)) {
      client.pingCmd().exec();
      return null;
    } catch (IOException | RuntimeException e) {
      return "none answers at " + host + " (" + e.getMessage() + ")";
    }
  }

  private static DockerClient client(String host) {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(host).build();
    var transport =
        new ApacheDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .responseTimeout(PATIENCE)
            .build();
    return DockerClientImpl.getInstance(config, transport);
  }

  private void importImage() {
    try {
      client.inspectImageCmd(IMAGE).exec();
    } catch (NotFoundException absent) {
      importTar(ShellImage.tar());
    }
  }

  /// By the command: docker-java ends the upload before the Engine has all of it.
  private void importTar(byte[] tar) {
    try {
      Process process =
          new ProcessBuilder("docker", "--host", host, "import", "-", IMAGE)
              .redirectErrorStream(true)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(tar);
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("cannot import the test image: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The address as a `host` argument takes it.
  public String address() {
    return host;
  }

  /// docker-java's own client, for what is not here.
  public DockerClient client() {
    return client;
  }

  /// Makes a container without starting it.
  ///
  /// @return its id
  public String create(TestContainer container) {
    try (CreateContainerCmd create = client.createContainerCmd(IMAGE)) {
      create
          .withCmd("/bin/sh", "-c", container.script())
          .withTty(container.tty())
          .withLabels(container.labels())
          .withHostConfig(container.hostConfig());
      if (container.name() != null) {
        create.withName(container.name());
      }
      String id = create.exec().getId();
      made.add(id);
      return id;
    }
  }

  /// Makes a container and starts it.
  ///
  /// @return its id
  public String start(TestContainer container) {
    String id = create(container);
    client.startContainerCmd(id).exec();
    return id;
  }

  /// Starts a container and waits for its end.
  ///
  /// @return its id
  public String runToEnd(TestContainer container) {
    String id = start(container);
    await(id);
    return id;
  }

  /// Waits for a container's end.
  public void await(String id) {
    client.waitContainerCmd(id).start().awaitStatusCode(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /// Waits until a container that removes itself is no more.
  public void awaitRemoval(String id) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          try {
            client.inspectContainerCmd(id).exec();
            return false;
          } catch (NotFoundException gone) {
            return true;
          }
        });
  }

  /// Makes an empty file in a container, for which its script may wait.
  public void touch(String id, String path) {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      tar.putArchiveEntry(new TarArchiveEntry(path.substring(1)));
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client
        .copyArchiveToContainerCmd(id)
        .withRemotePath("/")
        .withTarInputStream(new ByteArrayInputStream(bytes.toByteArray()))
        .exec();
  }

  /// Removes a container, running or not.
  public void remove(String id) {
    try {
      client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException | NotModifiedException | ConflictException gone) {
      // That is what was wanted, or the Engine is at it already.
    }
    made.remove(id);
  }

  @Override
  public void close() {
    try (client) {
      made.forEach(this::remove);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
