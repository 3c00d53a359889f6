package dev.weir.agent.faults.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What cases of the catalogue came to, a line each in `target/faults.txt` and in the log of the
/// tests.
public final class Findings {
  private static final Logger log = LoggerFactory.getLogger(Findings.class);
  private static final Path FILE = Path.of("target/faults.txt");

  private Findings() {}

  /// Notes what became of a case.
  ///
  /// @param number in the catalogue, such as `F01`
  /// @param more what else is worth knowing
  public static void note(String number, Verdict verdict, String more) {
    write(
        "%s owed=%d lost=%d repeated=%d doubled=%d %s%n"
            .formatted(
                number,
                verdict.owed(),
                verdict.lost(),
                verdict.repeated(),
                verdict.doubled(),
                more));
  }

  /// Notes what became of a case in which every line was compared and was there once.
  public static void note(String number, long owed, long repeated, String more) {
    write("%s owed=%d lost=0 repeated=%d doubled=0 %s%n".formatted(number, owed, repeated, more));
  }

  private static synchronized void write(String line) {
    log.atInfo().addKeyValue("found", line.strip()).log("fault case");
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
