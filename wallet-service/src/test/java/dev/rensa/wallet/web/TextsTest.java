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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {

    private static final Pattern PLACE = Pattern.compile("%[12]");

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldSayEverythingInJapaneseToo(Class<?> bundle, String file) throws IOException {
        Properties japanese = japanese(file);

        assertThat(japanese.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(english(bundle).keySet());
        assertThat(japanese.values()).noneMatch(text -> text.toString().isBlank());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldPutTheSameValuesIntoBothLanguages(Class<?> bundle, String file) throws IOException {
        Properties japanese = japanese(file);

        english(bundle)
                .forEach((key, text) ->
                        assertThat(places(japanese.getProperty(key))).as(key).isEqualTo(places(text)));
    }

    static Stream<Arguments> bundles() {
        return Stream.of(
                Arguments.of(Texts.class, "/messages/msg_ja.properties"),
                Arguments.of(PaymentTexts.class, "/messages/pay_ja.properties"),
                Arguments.of(PayoutTexts.class, "/messages/bulk_ja.properties"),
                Arguments.of(AdminTexts.class, "/messages/adm_ja.properties"));
    }

    private static Map<String, String> english(Class<?> bundle) {
        return Arrays.stream(bundle.getMethods()).collect(Collectors.toMap(Method::getName, TextsTest::text));
    }

    private static String text(Method method) {
        return method.getAnnotation(Message.class).value();
    }

    private static List<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).sorted().toList();
    }

    private static Properties japanese(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(TextsTest.class.getResourceAsStream(file)), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
