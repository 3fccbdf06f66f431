package dev.rensa.node.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of a JSON body what is wrong with it, without repeating what was sent. */
final class JsonProblems {

    private static final Set<String> AMOUNTS = Set.of("amount", "fee");

    private JsonProblems() {}

    static Rejection of(JsonProcessingException e) {
        return switch (e) {
            // Reading the body ended for a reason of its own, such as its length.
            case JsonMappingException mapping
            when mapping.getCause() instanceof ProblemException problem -> problem.rejection();
            case UnrecognizedPropertyException unknown ->
                malformed("the field `" + printable(unknown.getPropertyName()) + "` is not known here");
            case MismatchedInputException mismatched -> wrongValue(mismatched, mismatched.getTargetType());
            case JsonMappingException mapping
            when mapping.getCause() instanceof InputCoercionException -> tooLarge(field(mapping));
            case JsonMappingException mapping -> malformed("the field `" + field(mapping) + "` cannot be read");
            default -> malformed("the body is not valid JSON" + place(e));
        };
    }

    private static Rejection wrongValue(MismatchedInputException e, @Nullable Class<?> type) {
        String field = field(e);
        if (field.isEmpty()) {
            return malformed("the body must be a JSON object");
        }
        boolean number = type == Long.class || type == Integer.class || type == long.class || type == int.class;
        if (number) {
            return malformed("the field `" + field + "` must be an integer"
                    + (AMOUNTS.contains(field) ? " of mon, without fraction and without quotes" : ""));
        }
        return malformed("the field `" + field + "` must be a "
                + (e instanceof InvalidFormatException || type == String.class ? "text" : "value of another kind"));
    }

    private static Rejection tooLarge(String field) {
        return AMOUNTS.contains(field)
                ? new Rejection(RejectionReason.AMOUNT_OUT_OF_RANGE, "the field `" + field + "` is beyond 2^63 - 1 mon")
                : malformed("the field `" + field + "` is beyond 2^63 - 1");
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .map(JsonProblems::printable)
                .collect(Collectors.joining("."));
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : ": line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static Rejection malformed(String detail) {
        return new Rejection(RejectionReason.MALFORMED_REQUEST, detail);
    }

    private static String printable(String name) {
        String shortened = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        return shortened.replaceAll("[^\\p{Graph}…]", "?");
    }
}
