package dev.weir.operator.render;

import dev.weir.agent.component.Egress;
import dev.weir.operator.api.Auth;
import dev.weir.operator.api.Header;
import dev.weir.operator.api.Output;
import dev.weir.operator.api.OutputPolicy;
import dev.weir.operator.api.Reason;
import dev.weir.operator.api.Tls;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may be wrong with the outputs of a pipeline.
final class OutputChecks {
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "connection",
          "te",
          "trailer",
          "upgrade",
          "proxy-authorization",
          "x-scope-orgid");

  private final RenderInput input;
  private final StageChecks stages;
  private final Problems problems;

  private OutputChecks(RenderInput input, StageChecks stages, Problems problems) {
    this.input = input;
    this.stages = stages;
    this.problems = problems;
  }

  static void check(RenderInput input, StageChecks stages, Problems problems) {
    var checks = new OutputChecks(input, stages, problems);
    List<Output> outputs = input.spec().outputs();
    if (outputs.isEmpty()) {
      problems.invalid("spec.outputs", "at least one is needed");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < outputs.size(); i++) {
      String path = "spec.outputs[" + i + "]";
      if (!names.add(outputs.get(i).name())) {
        problems.invalid(path + ".name", "is the name of another output");
      }
      checks.check(outputs.get(i), path);
    }
  }

  private void check(Output output, String path) {
    if (output.loki() == null) {
      problems.invalid(path + ".loki", "is needed");
      return;
    }
    String url = output.loki().url();
    destination(url, path + ".loki.url", List.of("http", "https"));
    stages.size(output.loki().batch().maxBytes(), path + ".loki.batch.maxBytes");
    stages.duration(output.loki().batch().maxWait(), path + ".loki.batch.maxWait");
    stages.duration(output.timeout(), path + ".timeout");
    if (output.retry() != null) {
      stages.duration(output.retry().minBackoff(), path + ".retry.minBackoff");
      stages.duration(output.retry().maxBackoff(), path + ".retry.maxBackoff");
    }
    if (output.buffer() != null) {
      stages.size(output.buffer().maxBytes(), path + ".buffer.maxBytes");
    }
    if (output.proxyURL() != null) {
      destination(output.proxyURL(), path + ".proxyURL", List.of("http", "socks5", "socks5h"));
    }
    auth(output.auth(), path + ".auth");
    tls(output.tls(), url, path + ".tls");
    headers(output, path + ".headers");
    stages.condition(output.when(), path + ".when", SpecChecks.ofOutputs());
  }

  private void auth(@Nullable Auth auth, String path) {
    if (auth == null) {
      return;
    }
    stages.one(path, "basic, bearer, oauth2", auth.basic(), auth.bearer(), auth.oauth2());
    if (auth.oauth2() != null) {
      destination(auth.oauth2().tokenURL(), path + ".oauth2.tokenURL", List.of("http", "https"));
    }
    if (auth.basic() != null) {
      var username = auth.basic().username();
      stages.one(path + ".basic.username", "value, secret", username.value(), username.secret());
    }
  }

  private void tls(@Nullable Tls tls, String url, String path) {
    if (tls == null) {
      return;
    }
    if (!url.startsWith("https://")) {
      problems.invalid(path, "needs a url that begins with https://");
    }
    if ((tls.cert() == null) != (tls.key() == null)) {
      problems.invalid(path, "give cert and key, or neither");
    }
    if (tls.insecureSkipVerify() && tls.caRef() != null) {
      problems.invalid(path, "insecureSkipVerify makes caRef useless: give one of them");
    }
  }

  private void headers(Output output, String path) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < output.headers().size(); i++) {
      Header header = output.headers().get(i);
      String at = path + "[" + i + "]";
      stages.one(at, "value, secret", header.value(), header.secret());
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
        problems.invalid(at + ".name", "is no name of a header");
      } else if (OWN_HEADERS.contains(name)) {
        problems.invalid(at + ".name", "this header is set by the agents; remove it");
      } else if (name.equals("authorization") && output.auth() != null) {
        problems.invalid(at + ".name", "auth and a header authorization exclude each other");
      } else if (!seen.add(name)) {
        problems.invalid(at + ".name", "is the name of another header");
      }
      if (header.value() != null && !header.value().matches("[\\t -~]*")) {
        problems.invalid(at + ".value", "must be printable ASCII");
      }
    }
  }

  private void destination(String text, String path, List<String> schemes) {
    URI uri = parsed(text);
    String scheme = uri == null ? null : uri.getScheme();
    String host = uri == null ? null : uri.getHost();
    if (uri == null || scheme == null || host == null || !schemes.contains(scheme)) {
      problems.invalid(path, "must be a URL that begins with " + schemes.getFirst() + "://");
    } else if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      problems.invalid(path, "must hold neither user nor fragment; use auth");
    } else if (!input.cluster()) {
      allowed(host, !scheme.equals("http"), path);
    }
  }

  private static @Nullable URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private void allowed(String host, boolean secure, String path) {
    OutputPolicy policy = input.agents().tenants().outputs();
    var egress = new Egress(policy.deniedCIDRs(), policy.allowedHosts(), policy.requireTLS());
    String refusal = egress.refusal(host, secure);
    if (refusal == null && !policy.allowAPIServer() && isApiServer(host)) {
      refusal = "destination denied: it is the API server";
    }
    if (refusal == null) {
      refusal =
          literal(host).map(egress::refusal).filter(Objects::nonNull).findFirst().orElse(null);
    }
    if (refusal != null) {
      problems.add(
          Reason.DESTINATION_DENIED,
          path,
          refusal + "; send to another host, or ask an administrator to allow it in the class");
    }
  }

  private static boolean isApiServer(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("kubernetes")
        || name.equals("kubernetes.default")
        || name.startsWith("kubernetes.default.svc");
  }

  /// The address that a host is, without asking anybody.
  private static Stream<InetAddress> literal(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      return Stream.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException name) {
      return Stream.empty();
    }
  }
}
