package dev.weir.agent.loki.process.stage;

/// Control sequences of terminals in bytes: ESC or CSI, brackets and the like, then either text up
/// to BEL, or numbers and a final character.
final class AnsiSequence {
  private static final byte ESCAPE = 0x1b;
  private static final byte BELL = 0x07;
  private static final int MOST_DIGITS = 4;
  private static final String FINAL = "Zcfghijklmnqryt=><~";

  private AnsiSequence() {}

  /// Where the next one might start; `end` when there is none.
  static int next(byte[] text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (startLength(text, i, end) > 0) {
        return i;
      }
    }
    return end;
  }

  /// Bytes that start a sequence: 1 of ESC, 2 of CSI in UTF-8, 0 of anything else.
  private static int startLength(byte[] text, int at, int end) {
    byte b = text[at];
    if (b == ESCAPE) {
      return 1;
    }
    return b == (byte) 0xc2 && at + 1 < end && text[at + 1] == (byte) 0x9b ? 2 : 0;
  }

  /// Where the sequence that starts here ends; its start when it is none.
  static int past(byte[] text, int from, int end) {
    int at = from + startLength(text, from, end);
    while (at < end && "[]()#;?".indexOf(text[at]) >= 0) {
      at++;
    }
    int past = pastBell(text, at, end);
    if (past == at) {
      past = pastNumbers(text, at, end);
    }
    return past == at ? from : past;
  }

  private static int pastBell(byte[] text, int from, int end) {
    int at = from;
    while (at < end && (isDigit(text[at]) || isLetter(text[at]) || text[at] == ';')) {
      at++;
    }
    return at < end && text[at] == BELL ? at + 1 : from;
  }

  /// One to four digits, any number of `;` with up to four digits, and a final character. Where
  /// what follows is none, the last digit is the final character.
  private static int pastNumbers(byte[] text, int from, int end) {
    int at = pastDigits(text, from, end);
    if (at > from) {
      while (at < end && text[at] == ';') {
        at = pastDigits(text, at + 1, end);
      }
    }
    if (at < end && isFinal(text[at])) {
      return at + 1;
    }
    while (at > from && !isDigit(text[at - 1])) {
      at--;
    }
    return at;
  }

  private static int pastDigits(byte[] text, int from, int end) {
    int at = from;
    while (at < end && at - from < MOST_DIGITS && isDigit(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isFinal(byte b) {
    return isDigit(b) || (b >= 'A' && b <= 'R' && b != 'Q') || FINAL.indexOf(b) >= 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
