package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/// Our reading of strings against Jackson's writing of them.
class JsonCursorPropertyTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Property(tries = 500)
  void readsWhatAnotherWriterWrote(@ForAll @StringLength(max = 60) String text)
      throws JsonProcessingException {
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] json = MAPPER.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8);
    var cursor = new JsonCursor();
    cursor.start(json, 0, json.length);

    assertThat(cursor.string()).isTrue();
    assertThat(cursor.atEnd()).isTrue();
    var plain = new byte[cursor.stringLength()];
    int end = JsonText.unescape(json, cursor.stringOffset(), cursor.stringLength(), plain, 0);
    assertThat(new String(plain, 0, end, StandardCharsets.UTF_8)).isEqualTo(whole);
  }
}
