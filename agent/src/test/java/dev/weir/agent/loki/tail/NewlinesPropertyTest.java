package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;

/// Searching by words against searching by bytes.
class NewlinesPropertyTest {
  @Property(tries = 1000)
  void findsTheFirstAndTheLastNewline(
      @ForAll @Size(max = 70) @ByteRange(min = 9, max = 16) byte[] near,
      @ForAll @Size(max = 70) byte[] far) {
    for (byte[] bytes : new byte[][] {near, far}) {
      for (int from = 0; from <= bytes.length; from++) {
        int first = from;
        while (first < bytes.length && bytes[first] != '\n') {
          first++;
        }
        int last = bytes.length;
        while (last > from && bytes[last - 1] != '\n') {
          last--;
        }
        assertThat(Newlines.next(bytes, from, bytes.length)).isEqualTo(first);
        assertThat(Newlines.behindLast(bytes, from, bytes.length)).isEqualTo(last);
      }
    }
  }
}
