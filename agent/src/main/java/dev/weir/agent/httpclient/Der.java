package dev.weir.agent.httpclient;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;

/// The little DER it takes to put an older private key into a PKCS#8 envelope, the only one that
/// the JDK opens.
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int CURVE = 0xa0;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final byte[] RSA = {
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  private static final byte[] EC = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private Der() {}

  static byte[] pkcs8OfRsa(byte[] key) {
    return envelope(RSA, key);
  }

  static byte[] pkcs8OfEc(byte[] key) throws GeneralSecurityException {
    return envelope(joined(EC, curveOf(key)), key);
  }

  private static byte[] envelope(byte[] algorithm, byte[] key) {
    byte[] content = joined(VERSION_0, element(SEQUENCE, algorithm), element(OCTET_STRING, key));
    return element(SEQUENCE, content);
  }

  /// The curve's name, which stands within the key.
  private static byte[] curveOf(byte[] key) throws GeneralSecurityException {
    try {
      int at = contentStart(key, 0);
      while ((key[at] & 0xff) != CURVE) {
        at = contentStart(key, at) + length(key, at);
      }
      int start = contentStart(key, at);
      var name = new byte[length(key, at)];
      System.arraycopy(key, start, name, 0, name.length);
      return name;
    } catch (IndexOutOfBoundsException e) {
      throw new GeneralSecurityException("the private key does not name its curve", e);
    }
  }

  private static int contentStart(byte[] der, int element) {
    int first = der[element + 1] & 0xff;
    return element + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int element) {
    int first = der[element + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = length << 8 | (der[element + 2 + i] & 0xff);
    }
    return Math.clamp(length, 0, der.length);
  }

  private static byte[] element(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
