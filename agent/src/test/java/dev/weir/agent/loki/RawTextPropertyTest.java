package dev.weir.agent.loki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RawTextPropertyTest {
  @Property
  void givesBytesBack(@ForAll byte[] bytes) {
    String text = RawText.decode(bytes, 0, bytes.length);

    assertThat(RawText.encode(text)).isEqualTo(bytes);
    assertThat(RawText.isValid(text)).isEqualTo(isUtf8(bytes));
  }

  @Property
  void leavesTextAlone(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(RawText.decode(bytes, 0, bytes.length))
        .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
