package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.protocol.verdict.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 writes it, served as {@code application/problem+json}.
 *
 * @param type a URI that names the kind of problem: {@code urn:rensa:problem:} and the code
 * @param title the code in words
 * @param status the HTTP status
 * @param detail what was wrong in this request, which limit or setting it met, and what to do
 * @param code the reason code, for programs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, @Nullable String detail, String code) {

    /** Media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The problem document of a rejection. */
    public static Problem of(int status, Rejection rejection) {
        return of(status, rejection.reason().code(), rejection.detail());
    }

    /** A problem document with a code of a service's own. */
    public static Problem of(int status, String code, String detail) {
        String words = code.replace('-', ' ');
        String title = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return new Problem("urn:rensa:problem:" + code, title, status, detail, code);
    }
}
