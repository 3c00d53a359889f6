package dev.weir.agent.template;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// What is different each time.
final class RandomFunctions {
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String ASCII = ascii();
  private static final int LONGEST = 1 << 16;

  /// Seeded when the first template asks.
  private static final class Secure {
    static final SecureRandom RANDOM = new SecureRandom();
  }

  private RandomFunctions() {}

  static void addTo(Functions functions) {
    functions.exactly(
        "randAlphaNum", 1, arguments -> chosen(LETTERS + DIGITS, Values.whole(arguments, 0)));
    functions.exactly("randAlpha", 1, arguments -> chosen(LETTERS, Values.whole(arguments, 0)));
    functions.exactly("randNumeric", 1, arguments -> chosen(DIGITS, Values.whole(arguments, 0)));
    functions.exactly("randAscii", 1, arguments -> chosen(ASCII, Values.whole(arguments, 0)));
    functions.exactly("randBytes", 1, arguments -> bytes(Values.whole(arguments, 0)));
    functions.exactly(
        "randInt",
        2,
        arguments ->
            ThreadLocalRandom.current()
                .nextLong(Values.whole(arguments, 0), Values.whole(arguments, 1)));
    functions.text("shuffle", RandomFunctions::shuffled);
    functions.exactly("uuidv4", 0, arguments -> UUID.randomUUID().toString());
  }

  private static String ascii() {
    var all = new StringBuilder();
    for (char c = ' '; c <= '~'; c++) {
      all.append(c);
    }
    return all.toString();
  }

  private static int length(long wanted) {
    if (wanted < 0 || wanted > LONGEST) {
      throw new IllegalArgumentException("a length of " + wanted + " is out of range");
    }
    return (int) wanted;
  }

  private static String chosen(String from, long wanted) {
    int length = length(wanted);
    var out = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      out.append(from.charAt(Secure.RANDOM.nextInt(from.length())));
    }
    return out.toString();
  }

  private static String bytes(long wanted) {
    var bytes = new byte[length(wanted)];
    Secure.RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String shuffled(String text) {
    int[] characters = text.codePoints().toArray();
    for (int i = characters.length - 1; i > 0; i--) {
      int other = ThreadLocalRandom.current().nextInt(i + 1);
      int moved = characters[i];
      characters[i] = characters[other];
      characters[other] = moved;
    }
    return new String(characters, 0, characters.length);
  }
}
