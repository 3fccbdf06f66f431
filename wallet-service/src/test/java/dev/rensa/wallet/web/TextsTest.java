package dev.rensa.wallet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.i18n.Message;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern PLACE = Pattern.compile("%[12]");

    @Test
    void shouldSayEverythingInJapaneseToo() throws IOException {
        Properties japanese = japanese();

        assertThat(japanese.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(english().keySet());
        assertThat(japanese.values()).noneMatch(text -> text.toString().isBlank());
    }

    @Test
    void shouldPutTheSameValuesIntoBothLanguages() throws IOException {
        Properties japanese = japanese();

        english()
                .forEach((key, text) ->
                        assertThat(places(japanese.getProperty(key))).as(key).isEqualTo(places(text)));
    }

    private static Map<String, String> english() {
        return Arrays.stream(Texts.class.getMethods()).collect(Collectors.toMap(Method::getName, TextsTest::text));
    }

    private static String text(Method method) {
        return method.getAnnotation(Message.class).value();
    }

    private static List<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).sorted().toList();
    }

    private static Properties japanese() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(TextsTest.class.getResourceAsStream("/messages/msg_ja.properties")),
                StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
