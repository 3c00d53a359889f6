package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A Kubernetes API server in the test's own process, on a free port of the loopback interface.
///
/// It knows what an operator relies on: server-side apply with owners of fields and conflicts, the
/// status subresource, generations and resource versions, selectors, watches that can break and
/// expire, deletion of what an object owned, leases, discovery. It checks no schema and runs no
/// controllers: a DaemonSet here has no pods unless the test makes them.
///
/// Requests can be made to fail, and all that write are kept for the test to count.
public final class ApiServer implements AutoCloseable {
  /// Kept, because the level is lost with the logger; the server tells of every request.
  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  static {
    SERVER_LOG.setLevel(Level.WARNING);
  }

  private static final Duration SILENCE = Duration.ofHours(1);

  private final Kinds kinds = new Kinds();
  private final Storage storage = new Storage();
  private final Writes writes = new Writes(storage);
  private final Faults faults = new Faults();
  private final List<Write> written = new CopyOnWriteArrayList<>();
  private final AtomicLong requests = new AtomicLong();
  private final MockWebServer http = new MockWebServer();
  private final KubernetesClient client;

  private ApiServer() {
    http.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return ApiServer.this.dispatch(request);
          }
        });
    http.start(InetAddress.getLoopbackAddress(), 0);
    this.client = newClient("kubectl");
  }

  /// A server without objects that knows the usual kinds.
  public static ApiServer start() {
    return new ApiServer();
  }

  /// Where it listens, `http://127.0.0.1:PORT`.
  public String address() {
    return "http://127.0.0.1:" + http.getPort();
  }

  /// A client for the test, to make and change objects as a user does.
  public KubernetesClient client() {
    return client;
  }

  /// A further client, to be closed by the caller.
  ///
  /// @param manager whose name its changes are kept under
  public KubernetesClient newClient(String manager) {
    Config config = Config.empty();
    config.setMasterUrl(address());
    config.setHttp2Disable(true);
    config.setUserAgent(manager);
    config.setNamespace("default");
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }

  /// Makes a kind known, as its definition would.
  public void define(String group, String version, String kind, String plural, boolean namespaced) {
    kinds.add(new Kind(group, version, kind, plural, namespaced, true));
  }

  /// Makes the kinds of a group unknown again.
  public void forget(String group) {
    kinds.remove(group);
  }

  /// Every request so far that was to write something, in the order of their ends.
  public List<Write> writes() {
    return List.copyOf(written);
  }

  /// Requests of any sort so far.
  public long requests() {
    return requests.get();
  }

  public void forgetWrites() {
    written.clear();
  }

  /// Lets the next requests fail.
  ///
  /// @param verb `get`, `list`, `watch`, `create`, `update`, `patch`, `apply`, `delete`, empty for
  ///   any
  /// @param plural of the resource, `configmaps`
  public void fail(String verb, String plural, Fault fault, int times) {
    faults.add(verb, plural, fault, times);
  }

  /// Faults that no request has met yet.
  public int faultsLeft() {
    return faults.left();
  }

  public void heal() {
    faults.clear();
  }

  /// Closes all watches that run, as a server does now and then.
  public void endWatches() {
    storage.endWatches();
  }

  /// Forgets the changes until now and closes all watches: their clients have to list anew.
  public void expireWatches() {
    storage.compact();
    storage.endWatches();
  }

  private MockResponse dispatch(RecordedRequest recorded) {
    requests.incrementAndGet();
    try {
      return answer(ApiRequest.read(recorded));
    } catch (ApiFailure failure) {
      return response(failure.code(), failure.status());
    }
  }

  private MockResponse answer(ApiRequest request) {
    Optional<ObjectNode> told = discovery(request.path());
    if (told.isPresent()) {
      return response(200, told.get());
    }
    if (request.method().equals("POST") && request.path().endsWith("reviews")) {
      return response(201, review(request));
    }
    ResourcePath path =
        ResourcePath.parse(request.path(), kinds)
            .orElseThrow(() ->
                new ApiFailure(
                    404, "NotFound", "the server could not find the requested resource"));
    String verb = request.verb(path);
    return faults
        .take(verb, path.kind().plural())
        .map(fault -> failed(fault, verb, request, path))
        .orElseGet(() -> answer(verb, request, path));
  }

  private MockResponse answer(String verb, ApiRequest request, ResourcePath path) {
    return switch (verb) {
      case "watch" -> watch(request, path);
      case "list" -> response(200, list(request, path));
      default -> response(verb.equals("create") ? 201 : 200, act(verb, request, path));
    };
  }

  private Optional<ObjectNode> discovery(String path) {
    String[] parts = path.substring(1).split("/", -1);
    if (path.equals("/version")) {
      return Optional.of(node().put("major", "1").put("minor", "34").put("gitVersion", "v1.34.0"));
    }
    if (path.equals("/apis")) {
      return Optional.of(kinds.groups());
    }
    if (path.equals("/api")) {
      ObjectNode versions = node().put("kind", "APIVersions");
      versions.putArray("versions").add("v1");
      return Optional.of(versions);
    }
    if (path.equals("/api/v1")) {
      return kinds.resources("", "v1");
    }
    if (parts[0].equals("apis") && parts.length == 2) {
      return kinds.group(parts[1]);
    }
    return parts[0].equals("apis") && parts.length == 3
        ? kinds.resources(parts[1], parts[2])
        : Optional.empty();
  }

  /// Everyone may do everything here.
  private static ObjectNode review(ApiRequest request) {
    ObjectNode review = Json.object(request.body());
    ObjectNode status = review.putObject("status").put("allowed", true).put("incomplete", false);
    status.putArray("nonResourceRules");
    ObjectNode rule = status.putArray("resourceRules").addObject();
    for (String field : List.of("apiGroups", "resources", "verbs")) {
      rule.putArray(field).add("*");
    }
    return review;
  }

  private MockResponse failed(Fault fault, String verb, ApiRequest request, ResourcePath path) {
    return switch (fault) {
      case Fault.Answer(int code, Map<String, String> headers) -> {
        MockResponse answer =
            response(code, new ApiFailure(code, "InternalError", "made to fail").status());
        headers.forEach(answer::setHeader);
        yield answer;
      }
      case Fault.Silence() -> response(200, node()).setBodyDelay(SILENCE);
      case Fault.LostAnswer() -> answer(verb, request, path).setBodyDelay(SILENCE);
    };
  }

  private MockResponse watch(ApiRequest request, ResourcePath path) {
    String from = request.parameter("resourceVersion");
    long seen = from.isEmpty() || from.equals("0") ? storage.revision() : Long.parseLong(from);
    var threads = Thread.ofVirtual().name("watch-" + path.kind().plural()).factory();
    return new MockResponse()
        .setResponseCode(101)
        .withWebSocketUpgrade(new WatchStream(storage, selection(request, path), seen, threads));
  }

  private static Selection selection(ApiRequest request, ResourcePath path) {
    String fields = request.parameter("fieldSelector");
    String byName = path.name().isEmpty() ? fields : "metadata.name=" + path.name();
    return Selection.of(path, request.parameter("labelSelector"), byName);
  }

  private ObjectNode list(ApiRequest request, ResourcePath path) {
    Storage.Listing listing = storage.list(selection(request, path));
    ObjectNode list =
        node().put("kind", path.kind().name() + "List").put("apiVersion", path.kind().apiVersion());
    list.putObject("metadata").put("resourceVersion", Long.toString(listing.revision()));
    ArrayNode items = list.putArray("items");
    listing.objects().forEach(items::add);
    return list;
  }

  private ObjectNode act(String verb, ApiRequest request, ResourcePath path) {
    if (verb.equals("get")) {
      return storage.get(path.key()).shown();
    }
    long before = storage.revision();
    Stored after = write(verb, request, path);
    if (path.kind().name().equals("CustomResourceDefinition")) {
      kinds.define(after.object());
    }
    written.add(
        new Write(
            verb,
            path.kind().plural(),
            path.namespace(),
            after.metadata().path("name").asText(),
            path.subresource(),
            request.manager(),
            after.revision() > before));
    return after.shown();
  }

  private Stored write(String verb, ApiRequest request, ResourcePath path) {
    String operation = verb.equals("apply") ? Manager.APPLY : Manager.UPDATE;
    var manager = new Manager(request.manager(), operation, path.subresource());
    return switch (verb) {
      case "create" -> writes.create(path, Json.object(request.body()), manager);
      case "update" -> writes.update(path, Json.object(request.body()), manager);
      case "patch" -> writes.patch(path, request.contentType(), request.body(), manager);
      case "apply" ->
          writes.apply(path, Json.object(request.body()), manager, request.flag("force"));
      case "delete" -> storage.delete(path.key());
      default -> throw new ApiFailure(405, "MethodNotAllowed", verb);
    };
  }

  private static MockResponse response(int code, ObjectNode body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(Json.write(body));
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    client.close();
    storage.endWatches();
    http.shutdown();
  }
}
