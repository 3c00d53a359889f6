package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.Function;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// `encoding.*`
final class EncodingFunctions {
  static final Map<String, Function> ALL =
      Map.of(
          "from_json", Arguments.fixed(1, a -> JsonDocuments.parse(a.text(0), false)),
          "from_yaml", Arguments.fixed(1, a -> YamlDocuments.parse(a.text(0))),
          "to_json", Arguments.text(1, a -> JsonDocuments.write(a.value(0))),
          "from_base64", Arguments.text(1, a -> decode(Base64.getDecoder(), a.text(0))),
          "from_URLbase64", Arguments.text(1, a -> decode(Base64.getUrlDecoder(), a.text(0))),
          "to_base64", Arguments.text(1, a -> encode(Base64.getEncoder(), a.text(0))),
          "to_URLbase64", Arguments.text(1, a -> encode(Base64.getUrlEncoder(), a.text(0))),
          "url_encode", Arguments.text(1, a -> UrlText.encode(a.text(0))),
          "url_decode", Arguments.text(1, a -> UrlText.decode(a.text(0))));

  static final Function JSON_PATH = Arguments.fixed(2, EncodingFunctions::jsonPath);

  private EncodingFunctions() {}

  private static Value jsonPath(Arguments arguments) {
    JsonPath path = JsonPathParser.parse(arguments.text(1));
    return new ArrayValue(path.select(JsonDocuments.parse(arguments.text(0), true)));
  }

  private static String encode(Base64.Encoder encoder, String text) {
    Limits.text(text.length() * 4L);
    return encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Line breaks are skipped, padding is required: as Go has it.
  private static String decode(Base64.Decoder decoder, String text) {
    String plain = text.replace("\n", "").replace("\r", "");
    if (plain.length() % 4 != 0) {
      throw new IllegalArgumentException("illegal base64 data: wrong length or padding");
    }
    try {
      return new String(decoder.decode(plain), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // What was decoded may be a secret: the decoder's message quotes it.
      throw new IllegalArgumentException("illegal base64 data");
    }
  }
}
