package dev.weir.agent.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/// Choices, types, hashes and encodings.
final class OtherFunctions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OtherFunctions() {}

  static void addTo(Functions functions) {
    functions.exactly(
        "default", 2, arguments -> arguments.get(Values.isTrue(arguments.get(1)) ? 1 : 0));
    functions.add("coalesce", 0, -1, OtherFunctions::firstTrue);
    functions.exactly("empty", 1, arguments -> !Values.isTrue(arguments.get(0)));
    functions.exactly(
        "ternary", 3, arguments -> arguments.get(Values.isTrue(arguments.get(2)) ? 0 : 1));
    functions.text(
        "fail",
        message -> {
          throw new TemplateException(message);
        });
    functions.exactly("kindOf", 1, arguments -> Values.kind(arguments.get(0)));
    functions.exactly("typeOf", 1, arguments -> Values.type(arguments.get(0)));
    functions.exactly(
        "kindIs", 2, arguments -> Values.text(arguments, 0).equals(Values.kind(arguments.get(1))));
    functions.exactly(
        "typeIs", 2, arguments -> Values.text(arguments, 0).equals(Values.type(arguments.get(1))));
    functions.exactly(
        "deepEqual", 2, arguments -> Objects.equals(arguments.get(0), arguments.get(1)));
    functions.exactly("toString", 1, arguments -> Values.print(arguments.get(0)));
    functions.texts("Hash", (salt, text) -> hex("SHA3-256", salt + text));
    functions.texts("Sha2Hash", (salt, text) -> hex("SHA-256", salt + text));
    functions.text("sha256sum", text -> hex("SHA-256", text));
    functions.text("sha1sum", text -> hex("SHA-1", text));
    functions.text("sha512sum", text -> hex("SHA-512", text));
    functions.text("adler32sum", OtherFunctions::adler32);
    functions.text("b64enc", text -> Base64.getEncoder().encodeToString(bytes(text)));
    functions.text(
        "b64dec", text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
    functions.exactly("toJson", 1, arguments -> escaped(json(arguments.get(0), false)));
    functions.exactly("toPrettyJson", 1, arguments -> escaped(json(arguments.get(0), true)));
    functions.exactly("toRawJson", 1, arguments -> json(arguments.get(0), false));
    functions.text("fromJson", OtherFunctions::parsed);
  }

  private static @Nullable Object firstTrue(List<? extends @Nullable Object> arguments) {
    for (Object argument : arguments) {
      if (Values.isTrue(argument)) {
        return argument;
      }
    }
    return null;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(String algorithm, String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform lacks " + algorithm, e);
    }
  }

  private static String adler32(String text) {
    var sum = new Adler32();
    sum.update(bytes(text));
    return Long.toString(sum.getValue());
  }

  private static String json(@Nullable Object value, boolean pretty) throws TemplateException {
    try {
      return pretty ? GoJson.pretty(JSON.valueToTree(value)) : JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new TemplateException("error calling toJson");
    }
  }

  /// As Go's encoder does unless told not to.
  private static String escaped(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  /// Null for what is no JSON.
  private static @Nullable Object parsed(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
