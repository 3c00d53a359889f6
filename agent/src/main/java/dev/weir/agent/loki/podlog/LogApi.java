package dev.weir.agent.loki.podlog;

import dev.weir.agent.kubernetes.PodTargets;
import dev.weir.agent.kubernetes.Problems;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What is asked of an API server to read logs.
///
/// Thread-safe.
final class LogApi {
  private static final long PATIENCE_SECONDS = 30;
  private static final int LONGEST_PROBLEM = 4096;
  private static final long SECOND = 1_000_000_000L;

  private final KubernetesClient client;

  LogApi(KubernetesClient client) {
    this.client = client;
  }

  /// Which log of a container.
  enum Which {
    /// The one it writes, followed.
    CURRENT,
    /// That of before its last restart.
    PREVIOUS
  }

  /// The log of a container, each line with its time.
  ///
  /// @param since nanoseconds since 1970: lines of earlier seconds are left out; 0 for all
  InputStream open(PodContainer container, Which which, long since)
      throws IOException, InterruptedException {
    HttpClient http = client.getHttpClient();
    HttpRequest request =
        http.newHttpRequestBuilder().uri(uri(container, which, since)).forStreaming().build();
    CompletableFuture<HttpResponse<InputStream>> sent = http.sendAsync(request, InputStream.class);
    try {
      HttpResponse<InputStream> response = sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (response.isSuccessful()) {
        return response.body();
      }
      throw new LogApiException(response.code(), problem(response.body()));
    } catch (ExecutionException e) {
      throw new IOException(Problems.text(e), e);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException("no answer of the API server within " + PATIENCE_SECONDS + "s", e);
    } catch (InterruptedException e) {
      sent.cancel(true);
      throw e;
    }
  }

  private String uri(PodContainer container, Which which, long since) {
    var uri = new StringBuilder(client.getMasterUrl().toString());
    if (uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    uri.append("api/v1/namespaces/").append(encoded(container.namespace()));
    uri.append("/pods/").append(encoded(container.pod()));
    uri.append("/log?container=").append(encoded(container.container()));
    uri.append(which == Which.CURRENT ? "&follow=true" : "&previous=true")
        .append("&timestamps=true");
    if (since > 0) {
      // Whole seconds are all that an API server hands on to the node.
      uri.append("&sinceTime=").append(encoded(Instant.ofEpochSecond(since / SECOND).toString()));
    }
    return uri.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String problem(InputStream body) throws IOException {
    try (body) {
      String text = new String(body.readNBytes(LONGEST_PROBLEM), StandardCharsets.UTF_8).strip();
      int at = text.indexOf("\"message\":\"");
      if (at < 0) {
        return text.lines().findFirst().orElse("");
      }
      int from = at + "\"message\":\"".length();
      int end = text.indexOf("\",\"", from);
      return text.substring(from, end < 0 ? text.length() : end).replace("\\\"", "\"");
    }
  }

  /// How a container does.
  ///
  /// @throws IOException when there is no answer
  ContainerState state(PodContainer container) throws IOException {
    Pod pod;
    try {
      pod = client.pods().inNamespace(container.namespace()).withName(container.pod()).get();
    } catch (RuntimeException e) {
      throw new IOException(Problems.text(e), e);
    }
    if (pod == null || !container.uid().equals(pod.getMetadata().getUid())) {
      return ContainerState.GONE;
    }
    ContainerStatus status = PodTargets.status(pod, container.container());
    Integer restarts = status == null ? null : status.getRestartCount();
    boolean ended = isOver(pod) || (status != null && isOver(pod, status));
    return new ContainerState(
        ended ? ContainerState.Life.ENDED : ContainerState.Life.ALIVE,
        restarts == null ? 0 : restarts,
        pod.getMetadata().getDeletionTimestamp() != null);
  }

  private static boolean isOver(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  private static boolean isOver(Pod pod, ContainerStatus status) {
    ContainerStateTerminated terminated =
        status.getState() == null ? null : status.getState().getTerminated();
    if (terminated == null) {
      return false;
    }
    String policy = pod.getSpec().getRestartPolicy();
    boolean succeeded = Integer.valueOf(0).equals(terminated.getExitCode());
    return pod.getMetadata().getDeletionTimestamp() != null
        || "Never".equals(policy)
        || ("OnFailure".equals(policy) && succeeded);
  }
}
