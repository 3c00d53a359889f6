package dev.weir.agent.httpserver;

import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a component listens, as every component that is pushed to takes it.
///
/// @param http where and how to listen
/// @param grpc accepted and unused: no component has a gRPC service
/// @param gracefulShutdownTimeout how long a stop waits for requests under way
public record ServerArguments(
    @BlockField @Default Http http,
    @BlockField @Nullable Grpc grpc,
    @Default("\"30s\"") Duration gracefulShutdownTimeout) {
  public ServerArguments {
    positive("graceful_shutdown_timeout", gracefulShutdownTimeout);
  }

  private static void positive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be greater than 0");
    }
  }

  /// The `http` block.
  ///
  /// @param listenAddress every address of this machine when empty
  /// @param listenPort 0 for any that is free
  /// @param connLimit requests answered at a time; 0 for any number
  /// @param serverReadTimeout for the body of a request
  /// @param serverWriteTimeout until a request is answered
  /// @param serverIdleTimeout accepted; an idle connection is closed after 30 seconds
  /// @param tls makes it `https://`
  /// @param http2 accepted as long as it is not enabled
  public record Http(
      @Default("\"\"") String listenAddress,
      @Default("8080") int listenPort,
      @Default("0") int connLimit,
      @Default("\"30s\"") Duration serverReadTimeout,
      @Default("\"30s\"") Duration serverWriteTimeout,
      @Default("\"120s\"") Duration serverIdleTimeout,
      @BlockField @Nullable Tls tls,
      @BlockField @Nullable Http2 http2) {
    public Http {
      if (listenPort < 0 || listenPort > 65535) {
        throw new IllegalArgumentException("listen_port must be between 0 and 65535");
      }
      if (connLimit < 0) {
        throw new IllegalArgumentException("conn_limit must not be negative");
      }
      positive("server_read_timeout", serverReadTimeout);
      positive("server_write_timeout", serverWriteTimeout);
      positive("server_idle_timeout", serverIdleTimeout);
    }

    /// Whether a server with these settings listens where one with the others does.
    boolean listensLike(Http other) {
      return listenAddress.equals(other.listenAddress)
          && listenPort == other.listenPort
          && (tls == null) == (other.tls == null);
    }
  }

  /// The `tls` block.
  ///
  /// @param certPem the server's certificate
  /// @param keyPem key of the server's certificate
  /// @param certFile a file that holds the server's certificate
  /// @param keyFile a file that holds the key
  /// @param clientAuthType as Go names it: `NoClientCert`, `RequireAndVerifyClientCert`...
  /// @param clientCaFile a file of such certificates
  /// @param clientCa certificates that those of clients must be signed with
  /// @param cipherSuites names with commas between them
  /// @param minVersion `VersionTLS12` or `VersionTLS13`
  public record Tls(
      @Nullable String certPem,
      @Nullable Secret keyPem,
      @Nullable String certFile,
      @Nullable String keyFile,
      @Default("\"\"") String clientAuthType,
      @Nullable String clientCaFile,
      @Nullable String clientCa,
      @Default("\"\"") String cipherSuites,
      @Default("\"\"") String minVersion) {
    private static final List<String> CLIENT_AUTH =
        List.of(
            "",
            "NoClientCert",
            "RequestClientCert",
            "RequireAnyClientCert",
            "VerifyClientCertIfGiven",
            "RequireAndVerifyClientCert");
    private static final List<String> VERSIONS =
        List.of("", "VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13");

    public Tls {
      exclusive(certPem, certFile, "cert_pem", "cert_file");
      exclusive(keyPem, keyFile, "key_pem", "key_file");
      exclusive(clientCa, clientCaFile, "client_ca", "client_ca_file");
      if ((certPem == null && certFile == null) || (keyPem == null && keyFile == null)) {
        throw new IllegalArgumentException("tls needs a certificate and a key");
      }
      if (!CLIENT_AUTH.contains(clientAuthType)) {
        throw new IllegalArgumentException("unknown client_auth_type \"" + clientAuthType + "\"");
      }
      if (clientAuthType.contains("Verify") && clientCa == null && clientCaFile == null) {
        throw new IllegalArgumentException(
            "client_auth_type \"" + clientAuthType + "\" needs client_ca or client_ca_file");
      }
      if (!VERSIONS.contains(minVersion)) {
        throw new IllegalArgumentException("unknown TLS version: " + minVersion);
      }
    }

    private static void exclusive(
        @Nullable Object one, @Nullable Object other, String oneName, String otherName) {
      if (one != null && other != null) {
        throw new IllegalArgumentException(
            "at most one of " + oneName + " and " + otherName + " must be configured");
      }
    }
  }

  /// The `http2` block: HTTP/1.1 alone is spoken.
  ///
  /// @param enabled must be false: HTTP/1.1 is spoken
  /// @param maxHandlers without effect
  /// @param maxConcurrentStreams without effect
  /// @param maxDecoderHeaderTableSize without effect
  /// @param maxEncoderHeaderTableSize without effect
  /// @param maxReadFrameSize without effect
  /// @param permitProhibitedCiphers without effect
  /// @param idleTimeout without effect
  /// @param readIdleTimeout without effect
  /// @param pingTimeout without effect
  /// @param writeByteTimeout without effect
  /// @param maxUploadBufferPerConnection without effect
  /// @param maxUploadBufferPerStream without effect
  public record Http2(
      @Default("false") boolean enabled,
      @Default("0") int maxHandlers,
      @Default("100") long maxConcurrentStreams,
      @Default("4096") long maxDecoderHeaderTableSize,
      @Default("4096") long maxEncoderHeaderTableSize,
      @Default("0") long maxReadFrameSize,
      @Default("false") boolean permitProhibitedCiphers,
      @Default("\"0s\"") Duration idleTimeout,
      @Default("\"0s\"") Duration readIdleTimeout,
      @Default("\"15s\"") Duration pingTimeout,
      @Default("\"0s\"") Duration writeByteTimeout,
      @Default("0") int maxUploadBufferPerConnection,
      @Default("0") int maxUploadBufferPerStream) {
    public Http2 {
      if (enabled) {
        throw new IllegalArgumentException("HTTP/2 is not supported: remove enabled = true");
      }
    }
  }

  /// The `grpc` block.
  ///
  /// @param listenAddress without effect: nothing is served by gRPC
  /// @param listenPort without effect
  /// @param connLimit without effect
  /// @param maxConnectionAge without effect
  /// @param maxConnectionAgeGrace without effect
  /// @param maxConnectionIdle without effect
  /// @param serverMaxRecvMsgSize without effect
  /// @param serverMaxSendMsgSize without effect
  /// @param serverMaxConcurrentStreams without effect
  /// @param tls without effect
  public record Grpc(
      @Default("\"\"") String listenAddress,
      @Default("0") int listenPort,
      @Default("0") int connLimit,
      @Nullable Duration maxConnectionAge,
      @Nullable Duration maxConnectionAgeGrace,
      @Nullable Duration maxConnectionIdle,
      @Default("4194304") long serverMaxRecvMsgSize,
      @Default("4194304") long serverMaxSendMsgSize,
      @Default("100") long serverMaxConcurrentStreams,
      @BlockField @Nullable Tls tls) {}
}
