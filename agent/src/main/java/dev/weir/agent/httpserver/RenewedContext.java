package dev.weir.agent.httpserver;

import dev.weir.agent.httpclient.TlsSettings;
import java.io.IOException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TLS context that makes every engine with the certificates of that moment: the JDK's server
/// asks for its context once only. Thread-safe.
final class RenewedContext extends SSLContext {
  private final Renewing renewing;

  RenewedContext(TlsSettings settings) throws IOException {
    this(new Renewing(settings, settings.context()));
  }

  private RenewedContext(Renewing renewing) {
    super(renewing, renewing.last.getProvider(), "TLS");
    this.renewing = renewing;
  }

  void update(TlsSettings settings) throws IOException {
    renewing.update(settings);
  }

  private static final class Renewing extends SSLContextSpi {
    private static final Logger log = LoggerFactory.getLogger(RenewedContext.class);

    private TlsSettings settings;
    private SSLContext last;

    Renewing(TlsSettings settings, SSLContext first) {
      this.settings = settings;
      this.last = first;
    }

    synchronized void update(TlsSettings next) throws IOException {
      last = next.context();
      settings = next;
    }

    private synchronized SSLContext now() {
      try {
        last = settings.context();
      } catch (IOException e) {
        // Half-written files are whole at the next connection.
        log.atWarn().addKeyValue("err", e.getMessage()).log("certificates not read; the last stay");
      }
      return last;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return now().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return now().createSSLEngine(host, port);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return now().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return now().getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return now().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return now().getClientSessionContext();
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random) {
      throw new IllegalStateException("initialised by its settings");
    }
  }
}
