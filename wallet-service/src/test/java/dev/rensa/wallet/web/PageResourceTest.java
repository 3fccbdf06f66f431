package dev.rensa.wallet.web;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeNetwork;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class PageResourceTest {

    private static final String ADDRESS = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();

    @Test
    void shouldSpeakTheLanguageOfTheReader() {
        assertThat(get("/?lang=ja").asString()).contains("<html lang=\"ja\"", "アドレス帳", "残高が足りません");
        assertThat(given().header("Accept-Language", "ja,en;q=0.5").get("/").asString())
                .contains("<html lang=\"ja\"");
        assertThat(given().header("Accept-Language", "fr").get("/").asString())
                .contains("<html lang=\"en\"", "Address book")
                .doesNotContain("{msg:", "{shell");
    }

    @Test
    void shouldKeepWhatTheReaderChose() {
        get("/?lang=ja").then().cookie("rensa-lang", "ja");
        assertThat(get("/?lang=xx").getCookies()).isEmpty();
        assertThat(given().cookie("rensa-lang", "ja")
                        .cookie("rensa-theme", "dark")
                        .get("/")
                        .asString())
                .contains("<html lang=\"ja\" data-theme=\"dark\"");
        assertThat(given().cookie("rensa-theme", "purple").get("/").asString()).doesNotContain("data-theme");
    }

    @Test
    void shouldTakeNothingFromElsewhereAndBeNobodysFrame() {
        get("/").then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", containsString("script-src 'self';"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Content-Security-Policy", containsString("require-trusted-types-for 'script'"));
        assertThat(get("/").asString())
                .doesNotContainPattern("(src|href|action)=\"(https?:)?//")
                .doesNotContainPattern("<script[^>]*>[^<]")
                .doesNotContainPattern(" (style|on[a-z]+)=");
        for (String path : new String[] {
            "/assets/theme.css",
            "/assets/wallet.css",
            "/assets/icon.svg",
            "/assets/wallet/main.js",
            "/webjars/picocss__pico/css/pico.min.css"
        }) {
            get(path).then().statusCode(200);
        }
    }

    @Test
    void shouldDrawAnAddressAndSayWhatIsWrongWithAnother() {
        get("/accounts/" + ADDRESS + "/qr.svg")
                .then()
                .statusCode(200)
                .contentType("image/svg+xml")
                .body(containsString("<svg"));
        get("/accounts/" + ADDRESS.replace("rns1", "rnt1") + "/qr.svg")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-address"));
    }
}
