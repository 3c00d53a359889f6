package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Synthetic;
import dev.weir.operator.api.Auth;
import dev.weir.operator.api.BasicAuth;
import dev.weir.operator.api.Buffer;
import dev.weir.operator.api.Header;
import dev.weir.operator.api.LokiOutput;
import dev.weir.operator.api.OAuth2Auth;
import dev.weir.operator.api.Output;
import dev.weir.operator.api.Retry;
import dev.weir.operator.api.SecretKey;
import dev.weir.operator.api.Tls;
import dev.weir.operator.api.WhenFull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The `loki.write` of an output.
final class WriteBlock {
  private final SecretFiles secrets;
  private final String path;

  private WriteBlock(SecretFiles secrets, String path) {
    this.secrets = secrets;
    this.path = path;
  }

  static Block of(RenderInput input, int index, SecretFiles secrets) {
    Output output = input.spec().outputs().get(index);
    var made = new WriteBlock(secrets, "spec.outputs[" + index + "]");
    return block("loki.write", "out_" + index).add(made.endpoint(input, output)).build();
  }

  private BlockDraft endpoint(RenderInput input, Output output) {
    LokiOutput loki = Objects.requireNonNull(output.loki());
    var defaults = input.agents().defaults();
    Retry retry = output.retry() == null ? defaults.retry() : output.retry();
    BlockDraft endpoint =
        block("endpoint")
            .text("url", loki.url())
            .text("batch_wait", Units.time(loki.batch().maxWait()))
            .text("batch_size", Units.size(loki.batch().maxBytes()))
            .text("remote_timeout", Units.time(output.timeout()))
            .text("min_backoff_period", Units.time(retry.minBackoff()))
            .text("max_backoff_period", Units.time(retry.maxBackoff()));
    headers(output, endpoint);
    if (output.proxyURL() != null) {
      endpoint.text("proxy_url", output.proxyURL());
    }
    if (output.auth() != null) {
      auth(output.auth(), endpoint);
    }
    if (output.tls() != null) {
      endpoint.add(tls(output.tls()));
    }
    return endpoint.add(queue(output.buffer() == null ? defaults.buffer() : output.buffer()));
  }

  private static BlockDraft queue(Buffer buffer) {
    return block("queue_config")
        .text("capacity", Units.size(buffer.maxBytes()))
        .bool("block_on_overflow", buffer.whenFull() == WhenFull.PAUSE);
  }

  private void headers(Output output, BlockDraft endpoint) {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, Expression> secret = new LinkedHashMap<>();
    List<Header> headers = output.headers();
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      SecretKey key = header.secret();
      if (key == null) {
        plain.put(header.name(), Objects.requireNonNullElse(header.value(), ""));
      } else {
        Expression value = secrets.secret(key, path + ".headers[" + i + "].secret");
        secret.put(header.name(), Synthetic.array(List.of(value)));
      }
    }
    if (!plain.isEmpty()) {
      endpoint.texts("headers", plain);
    }
    if (!secret.isEmpty()) {
      endpoint.value("http_headers", Synthetic.object(secret));
    }
  }

  private void auth(Auth auth, BlockDraft endpoint) {
    if (auth.basic() != null) {
      endpoint.add(basic(auth.basic()));
    } else if (auth.bearer() != null) {
      Expression token = secrets.secret(auth.bearer().token(), path + ".auth.bearer.token");
      endpoint.value("bearer_token", token);
    } else if (auth.oauth2() != null) {
      endpoint.add(oauth2(auth.oauth2()));
    }
  }

  private BlockDraft basic(BasicAuth basic) {
    SecretKey name = basic.username().secret();
    BlockDraft block = block("basic_auth");
    if (name == null) {
      block.text("username", Objects.requireNonNullElse(basic.username().value(), ""));
    } else {
      block.value("username", secrets.open(name, path + ".auth.basic.username.secret"));
    }
    Expression password = secrets.secret(basic.password(), path + ".auth.basic.password");
    return block.value("password", password);
  }

  private BlockDraft oauth2(OAuth2Auth oauth2) {
    String at = path + ".auth.oauth2.clientSecret";
    BlockDraft block =
        block("oauth2")
            .text("client_id", oauth2.clientID())
            .value("client_secret", secrets.secret(oauth2.clientSecret(), at))
            .text("token_url", oauth2.tokenURL());
    return oauth2.scopes().isEmpty() ? block : block.texts("scopes", oauth2.scopes());
  }

  private BlockDraft tls(Tls tls) {
    BlockDraft block = block("tls_config");
    if (tls.caRef() != null) {
      block.value("ca_pem", secrets.open(tls.caRef(), path + ".tls.caRef"));
    }
    if (tls.cert() != null && tls.key() != null) {
      block.value("cert_pem", secrets.open(tls.cert(), path + ".tls.cert"));
      block.value("key_pem", secrets.secret(tls.key(), path + ".tls.key"));
    }
    if (tls.serverName() != null) {
      block.text("server_name", tls.serverName());
    }
    if (tls.insecureSkipVerify()) {
      block.bool("insecure_skip_verify", true);
    }
    return block.text("min_version", tls.minVersion().name());
  }
}
