package dev.weir.agent.httpclient;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A certificate of its own authority with its key, made by the JDK's tool.
public record Certificates(KeyStore store, PrivateKey key, Certificate certificate) {
  private static final String PASSWORD = "changeit";

  /// Makes one.
  ///
  /// @param algorithm `RSA` or `EC`
  /// @param names such as `IP:127.0.0.1`
  public static Certificates make(Path directory, String name, String algorithm, String names)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = directory.resolve(name + ".p12");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            tool,
            "-genkeypair",
            "-alias",
            "it",
            "-dname",
            "CN=" + name,
            "-validity",
            "2",
            "-keyalg",
            algorithm,
            "-ext",
            "SAN=" + names,
            "-ext",
            "BC=ca:true",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var key = (PrivateKey) store.getKey("it", PASSWORD.toCharArray());
    return new Certificates(store, key, store.getCertificate("it"));
  }

  /// The certificate as PEM.
  public String certificatePem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /// The key as PEM.
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /// The key as OpenSSL wrote it before PKCS#8.
  String oldKeyPem() {
    byte[] pkcs8 = key.getEncoded();
    if (key instanceof ECPrivateKey curve) {
      return pem("EC PRIVATE KEY", sec1(curve.getS()));
    }
    // Of a 2048-bit key or longer: the envelope before the key takes 26 bytes.
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
  }

  /// SEC 1 with the name of the curve, secp384r1 as keytool takes by default.
  private static byte[] sec1(BigInteger secret) {
    String number = HexFormat.of().formatHex(fixed(secret, 48));
    String hex = "303e" + "020101" + "0430" + number + "a007" + "06052b81040022";
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] fixed(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    var fixed = new byte[length];
    int from = Math.max(0, bytes.length - length);
    int count = bytes.length - from;
    System.arraycopy(bytes, from, fixed, length - count, count);
    return fixed;
  }

  private static String pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }

  /// A server socket with this certificate.
  ///
  /// @param clients the only client certificate to let in, null for anybody
  ServerSocket server(@Nullable Certificates clients) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    if (clients != null) {
      trusted.setCertificateEntry("client", clients.certificate());
    } else {
      trusted.setCertificateEntry("any", certificate);
    }
    trust.init(trusted);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    var socket =
        (SSLServerSocket)
            context.getServerSocketFactory().createServerSocket(0, 50, RawServer.localhost());
    socket.setNeedClientAuth(clients != null);
    return socket;
  }
}
