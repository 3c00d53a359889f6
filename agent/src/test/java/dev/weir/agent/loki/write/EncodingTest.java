package dev.weir.agent.loki.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Metadata;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class EncodingTest {
  @Property(tries = 300)
  void whatIsWrittenInJavaTheLibraryReads(@ForAll byte[] any, @ForAll @IntRange(max = 40) int times)
      throws IOException {
    byte[] plain = repeated(any, times);
    assertThat(Snappy.uncompress(compressed(plain))).isEqualTo(plain);
  }

  @Property(tries = 300)
  void whatTheLibraryWritesJavaReads(@ForAll byte[] any, @ForAll @IntRange(max = 40) int times)
      throws IOException {
    byte[] plain = repeated(any, times);
    byte[] packed = Snappy.compress(plain);
    assertThat(JavaSnappy.uncompress(packed, packed.length)).isEqualTo(plain);
  }

  @Test
  void longTextSurvivesCompression() throws IOException {
    var random = new Random(1);
    var plain = new byte[1 << 20];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i / 3000 % 2 == 0 ? random.nextInt() : 'a' + i % 7);
    }
    byte[] packed = compressed(plain);
    assertThat(packed.length).isLessThan(plain.length * 2 / 3);
    assertThat(Snappy.uncompress(packed)).isEqualTo(plain);
    assertThat(JavaSnappy.uncompress(packed, packed.length)).isEqualTo(plain);
  }

  private static byte[] repeated(byte[] any, int times) {
    var plain = new byte[any.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(any, 0, plain, i * any.length, any.length);
    }
    return plain;
  }

  private static byte[] compressed(byte[] plain) {
    var packed = new byte[32 + plain.length + plain.length / 6];
    return Arrays.copyOf(packed, JavaSnappy.compress(plain, plain.length, packed));
  }

  @Property(tries = 300)
  void entriesAreWrittenAsTheProtocolSays(
      @ForAll long timestamp, @ForAll String text, @ForAll @Size(max = 3) List<String> metadata)
      throws IOException {
    Entry entry = new Batch(new Lane("test")).add();
    entry.timestamp(timestamp);
    entry.line(text);
    for (String value : metadata) {
      entry.metadata(entry.metadata().with("n" + value, value));
    }

    var bytes = new byte[EntryEncoder.room(entry)];
    int length = EntryEncoder.encode(entry, bytes, 0);

    Metadata expected = entry.metadata();
    var line = ScriptedLoki.decodeEntry(Arrays.copyOf(bytes, length));
    assertThat(line.timestamp()).isEqualTo(timestamp);
    assertThat(line.text()).isEqualTo(entry.lineText());
    assertThat(line.metadata()).hasSize(expected.size());
  }

  @Property(tries = 300)
  void poolGivesArraysThatAreLongEnoughAndNotMuchLonger(
      @ForAll @IntRange(min = 513, max = 100_000_000) int length) {
    assertThat(BufferPool.rounded(length)).isBetween(length, length + length / 4);
    assertThat(BufferPool.rounded(BufferPool.rounded(length)))
        .isEqualTo(BufferPool.rounded(length));
  }

  @Test
  void poolGivesAnArrayAgain() {
    var pool = new BufferPool(2048);
    byte[] first = pool.take(900);
    byte[] second = pool.take(900);
    byte[] third = pool.take(900);
    pool.give(first);
    pool.give(second);
    pool.give(third);
    assertThat(pool.take(1024)).isSameAs(second);
    assertThat(pool.take(950)).isSameAs(first);
    assertThat(pool.take(950)).isNotSameAs(third);
  }
}
