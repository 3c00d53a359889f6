package dev.weir.agent.component;

import java.net.InetAddress;
import java.util.Arrays;

/// A range of addresses: those whose first bits equal given ones.
///
/// @param network 4 or 16 bytes
/// @param bits how many of them count
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record AddressRange(byte[] network, int bits, String text) {
  private static final int IPV4 = 4;
  private static final int MAPPED_BITS = 96;

  /// The prefixes under which IPv6 carries an IPv4 address in its last four bytes: mapped,
  /// translated (NAT64). 6to4 has it after two bytes, see [#unwrapped].
  private static final byte[][] CARRIERS = {
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff},
    {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}
  };

  /// From CIDR notation; a mere address is a range of one.
  ///
  /// @throws IllegalArgumentException with the message for the user
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      byte[] network = InetAddress.ofLiteral(address).getAddress();
      int most = 8 * network.length;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (slash >= 0 && network.length == IPV4 && address.indexOf(':') >= 0) {
        // An IPv4 address in the notation of IPv6 has become one of IPv4.
        bits -= MAPPED_BITS;
      }
      // An abbreviation such as 10.1 would be read as 10.0.0.1.
      boolean whole =
          address.indexOf(':') >= 0 || address.chars().filter(c -> c == '.').count() == 3;
      if (whole && bits >= 0 && bits <= most) {
        return new AddressRange(network, bits, text);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException("\"" + text + "\" is not a range of addresses");
  }

  /// Whether an address lies in the range; one of the other kind does not.
  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    if (Arrays.mismatch(address, 0, whole, network, 0, whole) >= 0) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0;
  }

  /// The IPv4 address that one of IPv6 carries, else the address itself.
  static byte[] unwrapped(byte[] address) {
    if (address.length == IPV4) {
      return address;
    }
    if (address[0] == 0x20 && address[1] == 0x02) {
      return Arrays.copyOfRange(address, 2, 2 + IPV4);
    }
    for (byte[] carrier : CARRIERS) {
      if (Arrays.mismatch(address, 0, 12, carrier, 0, 12) < 0) {
        return Arrays.copyOfRange(address, 12, 16);
      }
    }
    if (isCompatible(address)) {
      return Arrays.copyOfRange(address, 12, 16);
    }
    return address;
  }

  /// The oldest form, `::192.0.2.1`; `::1` and `::` are addresses of their own.
  private static boolean isCompatible(byte[] address) {
    for (int i = 0; i < 12; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[12] != 0 || address[13] != 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
