package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of each transaction of a batch.
 *
 * @param accepted how many were taken or known already
 * @param rejected how many were refused
 * @param rejections one entry for each that was refused, in order
 */
public record BatchView(int accepted, int rejected, List<RejectedView> rejections) {

    /**
     * One transaction that was refused.
     *
     * @param index position in the batch, from 0
     * @param id its id, when it could be read
     * @param code the reason code
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RejectedView(int index, @Nullable String id, String code, String detail) {}
}
