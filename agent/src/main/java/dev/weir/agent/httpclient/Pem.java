package dev.weir.agent.httpclient;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and keys from PEM text.
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private Pem() {}

  /// @param type what the text between the dashes calls it: `CERTIFICATE`
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Block(String type, byte[] der) {}

  /// Every certificate, in order.
  static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    var certificates = new ArrayList<X509Certificate>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (Block block : blocks(text)) {
      if (block.type().equals("CERTIFICATE")) {
        var in = new ByteArrayInputStream(block.der());
        certificates.add((X509Certificate) factory.generateCertificate(in));
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate found in PEM text");
    }
    return certificates;
  }

  /// The private key: PKCS#8, or PKCS#1 (RSA) or SEC 1 (elliptic curve) as older tools write.
  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    for (Block block : blocks(text)) {
      switch (block.type()) {
        case "PRIVATE KEY" -> {
          return pkcs8(block.der());
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(Der.pkcs8OfRsa(block.der()));
        }
        case "EC PRIVATE KEY" -> {
          return pkcs8(Der.pkcs8OfEc(block.der()));
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new GeneralSecurityException("encrypted private keys are not supported");
        default -> {
          // Something else, such as the certificate in the same file.
        }
      }
    }
    throw new GeneralSecurityException("no private key found in PEM text");
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    var spec = new PKCS8EncodedKeySpec(der);
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // Of another kind.
      }
    }
    throw new GeneralSecurityException("the private key is damaged or of an unknown kind");
  }

  private static List<Block> blocks(String text) throws GeneralSecurityException {
    var blocks = new ArrayList<Block>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(2).strip());
        blocks.add(new Block(matcher.group(1), der));
      } catch (IllegalArgumentException e) {
        // Its message would quote the text, which may be a key.
        throw new GeneralSecurityException("PEM text is damaged");
      }
    }
    return blocks;
  }
}
