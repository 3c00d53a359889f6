package dev.weir.agent.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A running sandbox: Loki's push and query interface over HTTP, and the same data for Java.
///
/// Queries of this class see every time, unlike those over HTTP, which see the last hour unless
/// told otherwise. They take a stream selector with line filters, such as `{job="docker"} |= "x"`;
/// `{}` stands for every stream.
///
/// Thread-safe. Closing it ends every connection and joins its threads.
public final class Sandbox implements AutoCloseable {
  private final SandboxOptions options;
  private final Store store;
  private final Faults faults = new Faults();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final PushApi pushes;
  private final Queries queries;
  private final SandboxMetrics metrics;
  private final HttpListener listener;

  private Sandbox(SandboxOptions options) throws IOException {
    this.options = options;
    store = new Store(options.maxBytes());
    queries = new Queries(store);
    var counters = new Counters();
    var checked = new Pushes(options, store);
    pushes = new PushApi(options, checked, faults, counters, closing);
    metrics = new SandboxMetrics(store, checked, counters, options.maxBytes());
    var api = new SandboxApi(options, pushes, queries, counters, metrics);
    listener =
        new HttpListener(
            options.listenAddress(), options.tls(), api, options.limits().maxBodySize());
  }

  /// Starts one on a free port of the loopback interface.
  ///
  /// @throws IOException if it cannot listen
  public static Sandbox start() throws IOException {
    return start(SandboxOptions.loopback());
  }

  /// Starts one.
  ///
  /// @throws IOException if it cannot listen on the address
  public static Sandbox start(SandboxOptions options) throws IOException {
    return new Sandbox(options);
  }

  /// Where it listens, such as `http://127.0.0.1:3100`.
  public URI url() {
    InetAddress address = options.listenAddress().getAddress();
    String host =
        address == null || address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    String scheme = options.tls() == null ? "http" : "https";
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + literal + ":" + port());
  }

  /// Where pushes go.
  public URI pushUrl() {
    return url().resolve("/loki/api/v1/push");
  }

  public int port() {
    return listener.port();
  }

  /// What goes wrong with the next pushes.
  public Faults faults() {
    return faults;
  }

  /// The entries that a query selects, of requests without a tenant, in order of time and, within a
  /// nanosecond, of arrival.
  ///
  /// @throws IllegalArgumentException if it is no query; the message says where
  public List<StoredEntry> entries(String query) {
    return entries(SandboxApi.NO_TENANT, query);
  }

  /// The entries of a tenant that a query selects.
  ///
  /// @throws IllegalArgumentException if it is no query; the message says where
  public List<StoredEntry> entries(String tenant, String query) {
    List<Stored> found =
        new ArrayList<>(queries.select(tenant, parsed(query), Long.MIN_VALUE, Long.MAX_VALUE));
    found.sort(
        Comparator.<Stored>comparingLong(entry -> entry.timestamp)
            .thenComparingLong(entry -> entry.arrival));
    return store.read(tenant, _ -> found.stream().map(Stored::view).toList());
  }

  /// The entries without a tenant that arrived later than another, in order of arrival.
  ///
  /// @param arrival of [StoredEntry#arrival]; -1 for all
  public List<StoredEntry> arrivedAfter(long arrival) {
    List<Stored> all =
        queries.select(SandboxApi.NO_TENANT, parsed("{}"), Long.MIN_VALUE, Long.MAX_VALUE);
    return store.read(
        SandboxApi.NO_TENANT,
        _ ->
            all.stream()
                .filter(entry -> entry.arrival > arrival)
                .sorted(Comparator.comparingLong(entry -> entry.arrival))
                .map(Stored::view)
                .toList());
  }

  private static LogQuery parsed(String query) {
    try {
      return query.strip().equals("{}")
          ? LogQueryParser.selector(query)
          : LogQueryParser.query(query);
    } catch (BadRequest e) {
      throw new IllegalArgumentException(e.text(), e);
    }
  }

  /// The lines that a query selects, in the order of [#entries].
  public List<String> lines(String query) {
    return entries(query).stream().map(StoredEntry::line).toList();
  }

  /// How many entries a query selects.
  public long count(String query) {
    return queries
        .select(SandboxApi.NO_TENANT, parsed(query), Long.MIN_VALUE, Long.MAX_VALUE)
        .size();
  }

  /// The tenants that have entries, in order of name; `fake` is that of requests without one.
  public List<String> tenants() {
    return store.tenants();
  }

  /// The latest pushes in order of arrival, up to 10,000; none in the counting modes.
  public List<ReceivedPush> pushes() {
    return pushes.received();
  }

  public Totals totals() {
    return metrics.totals();
  }

  /// Forgets every entry; what was counted stays.
  public void clear() {
    store.clear();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
  }
}
