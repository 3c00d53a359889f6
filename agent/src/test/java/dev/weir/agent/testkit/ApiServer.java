package dev.weir.agent.testkit;

import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;

/// A Kubernetes API server in the test's own process, on a free port of the loopback interface.
public final class ApiServer implements AutoCloseable {
  private final KubernetesMockServer server;
  private final NamespacedKubernetesClient client;

  private ApiServer(KubernetesMockServer server) {
    this.server = server;
    server.init(InetAddress.getLoopbackAddress(), 0);
    this.client = server.createClient(new JdkHttpClientFactory());
  }

  /// One that keeps objects and tells of their changes. It is asked for the pods of one node, but
  /// gives those of all: it knows no selectors of fields other than those of metadata.
  @SuppressWarnings("deprecation") // the server's own constructors use this mapper
  public static ApiServer withObjects() {
    return new ApiServer(
        new KubernetesMockServer(
            new Context(Serialization.jsonMapper()),
            new MockWebServer(),
            new HashMap<>(),
            new Objects(),
            false));
  }

  /// One that answers what it is told to, through the expectations of [#server].
  public static ApiServer withAnswers() {
    return new ApiServer(new KubernetesMockServer(false));
  }

  /// The server itself.
  public KubernetesMockServer server() {
    return server;
  }

  /// A client for the test, to make and change objects.
  public NamespacedKubernetesClient client() {
    return client;
  }

  /// The line of a configuration that leads here.
  public String river() {
    return "api_server = \"" + address() + "\"";
  }

  /// Where it listens.
  public String address() {
    return "http://" + server.getHostName() + ":" + server.getPort();
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  private static final class Objects extends KubernetesCrudDispatcher {
    Objects() {
      super(List.of());
    }

    @Override
    public MockResponse handleGet(String path) {
      return super.handleGet(path.replaceAll("fieldSelector=spec.nodeName%3D[^&]*&?", ""));
    }
  }
}
