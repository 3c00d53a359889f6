package dev.weir.operator.plan;

import dev.weir.operator.api.Reason;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;

/// Looks at the certificates that pipelines name.
final class Certificates {
  private static final Duration SOON = Duration.ofDays(14);

  private Certificates() {}

  /// What is to be said of a certificate.
  ///
  /// @param ends when the first of the file ends; the end of time when that is unknown
  record Finding(Outcome outcome, Instant ends) {}

  static boolean isCertificate(String path) {
    return path.endsWith("tls.cert") || path.endsWith("tls.caRef");
  }

  /// @param path of the field that names it
  static Finding check(String path, String base64, Instant now) {
    try {
      Instant ends = end(Base64.getDecoder().decode(base64));
      if (ends.isBefore(now)) {
        return new Finding(
            Outcome.bad(Reason.CERTIFICATE_EXPIRED, path + ": the certificate ended " + ends + "."),
            ends);
      }
      return ends.isBefore(now.plus(SOON))
          ? new Finding(
              Outcome.good(
                  Reason.CERTIFICATE_EXPIRES_SOON, path + ": the certificate ends " + ends + "."),
              ends)
          : new Finding(Outcome.good(Reason.RESOLVED, ""), ends);
    } catch (CertificateException | IllegalArgumentException e) {
      return new Finding(
          Outcome.bad(
              Reason.CERTIFICATE_INVALID,
              path + ": the value is no certificate in PEM: " + e.getMessage()),
          Instant.MAX);
    }
  }

  private static Instant end(byte[] pem) throws CertificateException {
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    return certificates.stream()
        .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow(() -> new CertificateException("it holds none"));
  }
}
