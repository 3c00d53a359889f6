package dev.weir.agent.testkit;

import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A Kubernetes API server in the test's own process, on a free port of the loopback interface.
public final class ApiServer implements AutoCloseable {
  private final KubernetesMockServer server;
  private final NamespacedKubernetesClient client;
  private final Map<String, String> logs;

  private ApiServer(KubernetesMockServer server, Map<String, String> logs) {
    this.server = server;
    this.logs = logs;
    server.init(InetAddress.getLoopbackAddress(), 0);
    this.client = server.createClient(new JdkHttpClientFactory());
  }

  /// One that keeps objects and tells of their changes. It is asked for the pods of one node, but
  /// gives those of all: it knows no selectors of fields other than those of metadata.
  @SuppressWarnings("deprecation") // the server's own constructors use this mapper
  public static ApiServer withObjects() {
    Map<String, String> logs = new ConcurrentHashMap<>();
    return new ApiServer(
        new KubernetesMockServer(
            new Context(Serialization.jsonMapper()),
            new MockWebServer(),
            new HashMap<>(),
            new Objects(logs),
            false),
        logs);
  }

  /// One that answers what it is told to, through the expectations of [#server].
  public static ApiServer withAnswers() {
    return new ApiServer(new KubernetesMockServer(false), new ConcurrentHashMap<>());
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

  /// Has a container's log read as this text, whose lines begin with their times.
  public void log(String namespace, String pod, String container, String text) {
    logs.put(logPath(namespace, pod) + container, text);
  }

  private static String logPath(String namespace, String pod) {
    return "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?container=";
  }

  private static final class Objects extends KubernetesCrudDispatcher {
    private static final CustomResourceDefinitionContext POD_LOGS =
        new CustomResourceDefinitionContext.Builder()
            .withGroup("monitoring.grafana.com")
            .withVersion("v1alpha2")
            .withKind("PodLogs")
            .withPlural("podlogs")
            .withScope("Namespaced")
            .build();

    private final Map<String, String> logs;

    Objects(Map<String, String> logs) {
      super(List.of(POD_LOGS));
      this.logs = logs;
    }

    @Override
    public MockResponse handleGet(String path) {
      if (path.contains("/log?")) {
        String log = logs.get(path.replaceFirst("&.*", ""));
        return log == null || path.contains("previous=true")
            ? new MockResponse().setResponseCode(404).setBody("no log")
            : new MockResponse().setResponseCode(200).setBody(log);
      }
      return super.handleGet(path.replaceAll("fieldSelector=spec.nodeName%3D[^&]*&?", ""));
    }
  }
}
