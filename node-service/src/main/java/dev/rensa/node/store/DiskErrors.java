package dev.rensa.node.store;

import java.nio.file.AccessDeniedException;
import java.util.Locale;

/** What an operating system says of a disk, as a sentence that tells an operator what to do. */
final class DiskErrors {
    private DiskErrors() {}

    static String advice(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (says(message, "no space left") || says(message, "disk quota exceeded")) {
            return "the disk is full. Make room and start the node again; nothing confirmed is lost";
        }
        if (says(message, "read-only file system")
                || says(message, "permission denied")
                || says(message, "operation not permitted")
                || cause instanceof AccessDeniedException) {
            return "it may not be written (" + message + "). Mend the permissions or the volume and start again";
        }
        if (says(message, "too many open files")) {
            return "this process may not open more files (" + message + "). Raise the limit (ulimit -n) to 4,096";
        }
        return message;
    }

    static boolean says(String message, String words) {
        return message.toLowerCase(Locale.ROOT).contains(words);
    }
}
